using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>
/// One step of a solver without a learning rate on Rosenbrock's function of two parameters, with its evaluations, 1.3 to 2.6 of
/// them: alone, and in runs of a trainer. The difference of the two runs, over 15, is the step of a trainer.
/// </summary>
[MemoryDiagnoser]
public class WhatDoesASolverStepCost
{
    private const int Steps = 20;

    private readonly double[] _parameters = new double[2];
    private readonly double[] _gradient = new double[2];
    private readonly IObjective _valley = Objective.From((p, g) =>
    {
        double a = 1 - p[0], b = p[1] - p[0] * p[0];
        (g[0], g[1]) = (-2 * a - 400 * p[0] * b, 200 * b);
        return a * a + 100 * b * b;
    });

    private IOptimizer _solver = new LBFGS();
    private OptimizerState _atStart = new LBFGS().GetState();

    [Params(nameof(LBFGS), nameof(BarzilaiBorwein), nameof(NonlinearConjugateGradient), nameof(BacktrackingGradientDescent))]
    public string Solver { get; set; } = "";

    [GlobalSetup]
    public void Create()
    {
        _solver = Solver switch
        {
            nameof(LBFGS) => new LBFGS(),
            nameof(BarzilaiBorwein) => new BarzilaiBorwein(),
            nameof(NonlinearConjugateGradient) => new NonlinearConjugateGradient(),
            _ => new BacktrackingGradientDescent(),
        };
        _atStart = _solver.GetState();
    }

    [Benchmark]
    public double Evaluation() => _valley.Evaluate(_parameters, _gradient);

    [Benchmark]
    public long RunOf5Steps() => Run(5);

    [Benchmark]
    public long RunOf20Steps() => Run(20);

    [Benchmark(OperationsPerInvoke = Steps)]
    public double Step()
    {
        _solver.SetState(_atStart);
        (_parameters[0], _parameters[1]) = (-1.2, 1);
        double loss = _valley.Evaluate(_parameters, _gradient);
        for (int i = 0; i < Steps; i++)
        {
            var context = new UpdateContext(_parameters, _gradient, 1, loss, _valley);
            _solver.Update(ref context);
            loss = context.Loss;
        }

        return loss;
    }

    private long Run(int steps)
    {
        _solver.SetState(_atStart);
        return new Trainer(_solver, new TrainingOptions { MaxSteps = steps }).Minimize(_valley, [-1.2, 1]).Steps;
    }
}

using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>
/// One step of a solver without a learning rate on Rosenbrock's function of two parameters, with its evaluations, 1.3 to 2.6 of
/// them.
/// Each operation is a run of 20 steps from the same start.
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
}

using System.Numerics;
using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>
/// Gradients by automatic differentiation, compared with the gradient of Rosenbrock's function written by hand, and with the value alone
/// of a sum of exponentials.
/// </summary>
[MemoryDiagnoser]
public class WhatDoesAnExactGradientCost
{
    private readonly IHessianObjective _lambda = Objective.Differentiable(Lambda);
    private readonly IHessianObjective _generic = Objective.Differentiable(new Rosenbrock());
    private readonly IHessianObjective _exponentials = Objective.Differentiable(new Exponentials());
    private double[] _at = [];
    private double[] _gradient = [];

    /// <summary>Dual numbers up to 8, a tape above.</summary>
    [Params(2, 8, 1_000)]
    public int Parameters { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _at = [.. Enumerable.Range(0, Parameters).Select(i => Math.Sin(7 * i + 1))];
        _gradient = new double[Parameters];
    }

    [Benchmark(Baseline = true)]
    public double ByHand()
    {
        double sum = 0;
        double[] p = _at, g = _gradient;
        Array.Clear(g);
        for (int i = 0; i + 1 < p.Length; i++)
        {
            double a = p[i + 1] - p[i] * p[i], b = 1 - p[i];
            sum += 100 * a * a + b * b;
            g[i] += -400 * a * p[i] - 2 * b;
            g[i + 1] += 200 * a;
        }

        return sum;
    }

    [Benchmark]
    public double GenericFormula() => _generic.Evaluate(_at, _gradient);

    [Benchmark]
    public double LambdaOnATape() => _lambda.Evaluate(_at, _gradient);

    [Benchmark]
    public double ValueOfTheLambda() => _lambda.Evaluate(_at, []);

    [Benchmark]
    public double HessianProduct()
    {
        _lambda.MultiplyHessian(_at, _at, _gradient);
        return _gradient[0];
    }

    [Benchmark]
    public double ValueOfExponentials() => new Exponentials().Evaluate<double>(_at);

    [Benchmark]
    public double GradientOfExponentials() => _exponentials.Evaluate(_at, _gradient);

    private static Variable Lambda(ReadOnlySpan<Variable> p) => new Rosenbrock().Evaluate(p);

    private readonly struct Rosenbrock : IFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> p) where T : unmanaged, IFloatingPointIeee754<T>
        {
            T sum = T.Zero, hundred = T.CreateChecked(100);
            for (int i = 0; i + 1 < p.Length; i++)
            {
                T a = p[i + 1] - p[i] * p[i], b = T.One - p[i];
                sum += hundred * a * a + b * b;
            }

            return sum;
        }
    }

    private readonly struct Exponentials : IFormula
    {
        public T Evaluate<T>(ReadOnlySpan<T> p) where T : unmanaged, IFloatingPointIeee754<T>
        {
            T sum = T.Zero;
            for (int i = 0; i + 1 < p.Length; i++)
                sum += T.Exp(p[i]) * T.Exp(p[i + 1] - p[i]);
            return sum;
        }
    }
}

using BenchmarkDotNet.Attributes;
using GradientDescent.Benchmarks.Compare;

namespace GradientDescent.Benchmarks;

/// <summary>Loss and gradient of a linear regression on 200,000 x 100 numbers, beside one read of as many numbers and beside MathNet's
/// products.</summary>
[MemoryDiagnoser]
public class WhatDoesAFullGradientCost
{
    private IObjective _objective = Objective.From(_ => 0);
    private MathNetGradient? _products;
    private double[] _parameters = [];
    private double[] _gradient = [];
    private double[] _features = [];

    [GlobalSetup]
    public void Setup()
    {
        int samples = Scale.Of(Problems.RegressionSamples);
        EmpiricalRisk risk = Problems.Regression(samples);
        _objective = Objective.Full(risk);
        _parameters = new double[risk.ParameterCount];
        _gradient = new double[risk.ParameterCount];
        (_features, double[] targets) = Problems.RegressionArrays(samples);
        _products = new MathNetGradient(_features, targets);
    }

    [Benchmark(Baseline = true)]
    public double Gradient() => _objective.Evaluate(_parameters, _gradient);

    [Benchmark]
    public double ReadOnce() => Reading.Sum(_features);

    [Benchmark]
    public object MathNetAsWritten() => _products!.AsWritten();

    [Benchmark]
    public object MathNetWithoutTranspose() => _products!.WithoutTranspose();
}

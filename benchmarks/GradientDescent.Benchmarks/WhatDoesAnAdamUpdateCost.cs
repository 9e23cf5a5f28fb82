using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>One update of Adam beside the same arithmetic as a plain loop.</summary>
[MemoryDiagnoser]
public class WhatDoesAnAdamUpdateCost
{
    private const double LearningRate = 1e-9; // so small that the parameters stay where they are

    private readonly Adam _adam = new();
    private double[] _parameters = [];
    private double[] _gradient = [];
    private double[] _mean = [];
    private double[] _square = [];
    private double _power1 = 1;
    private double _power2 = 1;

    [Params(10, 1_000, 100_000)] // registers, L1, L2
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _parameters = new double[Dimension];
        _gradient = [.. Enumerable.Range(0, Dimension).Select(i => 1e-3 * (i % 7))];
        _mean = new double[Dimension];
        _square = new double[Dimension];
        _adam.Update(_parameters, _gradient, LearningRate);
    }

    [Benchmark]
    public void Update() => _adam.Update(_parameters, _gradient, LearningRate);

    [Benchmark(Baseline = true)]
    public void PlainLoop()
    {
        const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
        _power1 *= Beta1;
        _power2 *= Beta2;
        double rate = LearningRate / (1 - _power1), rootScale = 1 / Math.Sqrt(1 - _power2);
        for (int i = 0; i < _parameters.Length; i++)
        {
            _mean[i] += (1 - Beta1) * (_gradient[i] - _mean[i]);
            _square[i] += (1 - Beta2) * (_gradient[i] * _gradient[i] - _square[i]);
            _parameters[i] -= rate * _mean[i] / (rootScale * Math.Sqrt(_square[i]) + Epsilon);
        }
    }
}

using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>Least squares on 100,000 rows of 20 features to nearly the last digit, beside the ordinary fit.</summary>
[MemoryDiagnoser]
public class WhatDoesAnAccurateFitCost
{
    private const int Features = 20;

    private Dataset? _data;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(4);
        _data = Dataset.From(
            Enumerable.Range(0, Scale.Of(100_000)),
            _ => [.. Enumerable.Range(0, Features).Select(_ => random.NextDouble())],
            _ => random.NextDouble());
    }

    [Benchmark(Baseline = true)]
    public LinearFit Fit() => LinearRegression.Fit(_data!);

    [Benchmark]
    public LinearFit FitAccurately() => LinearRegression.FitAccurately(_data!);
}

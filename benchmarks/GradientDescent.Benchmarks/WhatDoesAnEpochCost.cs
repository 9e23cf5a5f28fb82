using System.Globalization;
using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>One pass of the public trainer over 200,000 x 100 numbers. Adam, but plain descent for single samples and for full
/// batches.</summary>
[MemoryDiagnoser]
public class WhatDoesAnEpochCost
{
    private const int Epochs = 5; // they share what a run costs before and after its epochs

    private EmpiricalRisk _risk = Problems.Regression(1);
    private Optimizer _optimizer = new SGD();
    private TrainingOptions _options = new();

    /// <summary>Samples an update sees and their order; a full batch has no order.</summary>
    public static IEnumerable<string> Batches =>
        ["1 in order", "1 shuffled", "32 in order", "32 shuffled", "256 in order", "256 shuffled", "full"];

    [ParamsSource(nameof(Batches))]
    public string Batch { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        string size = Batch.Split(' ')[0];
        _risk = Problems.Regression(Scale.Of(Problems.RegressionSamples));
        _optimizer = size switch { "1" => new SGD(0.001), "full" => new BatchGD(), _ => new Adam() };
        _options = new TrainingOptions
        {
            Batching = size == "full" ? Batching.Full : Batching.Mini(int.Parse(size, CultureInfo.InvariantCulture)),
            Order = Batch.EndsWith("shuffled", StringComparison.Ordinal) ? SampleOrder.Shuffled : SampleOrder.Sequential,
        };
    }

    [Benchmark(OperationsPerInvoke = Epochs)]
    public TrainingResult Epoch() => Problems.Train(_risk, _optimizer, _options, Epochs);
}

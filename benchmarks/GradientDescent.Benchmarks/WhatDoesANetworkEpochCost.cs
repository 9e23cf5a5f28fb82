using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>
/// One pass of a network of 784 inputs, 128 units with ReLU and 10 classes over 20,000 made-up images in float: batches of 128, shuffled.
/// </summary>
[MemoryDiagnoser]
public class WhatDoesANetworkEpochCost
{
    private const int Epochs = 3; // they share what a run costs before and after its epochs
    private const int Samples = 20_000;

    private readonly TrainingOptions _options = new() { Batching = Batching.Mini(128) };
    private EmpiricalRisk _risk = Problems.Network(Samples);

    [Params(NumericPrecision.Single, NumericPrecision.Double)]
    public NumericPrecision Precision { get; set; }

    [GlobalSetup]
    public void Setup() => _risk = Problems.Network(Scale.Of(Samples), Precision);

    [Benchmark(Baseline = true, OperationsPerInvoke = Epochs)]
    public TrainingResult MiniBatchSGD() => Problems.TrainNetwork(_risk, new MiniBatchSGD(0.1, 128), _options, Epochs);

    [Benchmark(OperationsPerInvoke = Epochs)]
    public TrainingResult Adam() => Problems.TrainNetwork(_risk, new Adam(), _options, Epochs);
}

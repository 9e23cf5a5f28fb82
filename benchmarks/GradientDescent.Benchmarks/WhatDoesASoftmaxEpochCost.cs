using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>One pass of softmax regression over 60,000 images of 784 pixels in ten classes: Adam, batches of 128, shuffled.</summary>
[MemoryDiagnoser]
public class WhatDoesASoftmaxEpochCost
{
    private const int Epochs = 3; // they share what a run costs before and after its epochs

    private readonly TrainingOptions _options = new() { Batching = Batching.Mini(128) };
    private EmpiricalRisk _risk = Problems.Images(1);

    [GlobalSetup]
    public void Setup() => _risk = Problems.Images(Scale.Of(Problems.ImageSamples));

    [Benchmark(OperationsPerInvoke = Epochs)]
    public TrainingResult Epoch() => Problems.Train(_risk, new Adam(), _options, Epochs);
}

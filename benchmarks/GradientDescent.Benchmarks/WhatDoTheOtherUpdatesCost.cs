using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>One update of each further optimizer.</summary>
[MemoryDiagnoser]
public class WhatDoTheOtherUpdatesCost : UpdateBenchmark
{
    public static IEnumerable<string> Names => Optimizers.OtherSix;

    [ParamsSource(nameof(Names))]
    public string Optimizer { get; set; } = "";

    [GlobalSetup]
    public void Setup() => Prepare(Optimizer, Scale.Of(100_000));
}

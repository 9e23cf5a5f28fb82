using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>One update of each basic optimizer, from vectors in registers to vectors in memory.</summary>
[MemoryDiagnoser]
public class WhatDoesAnUpdateCost : UpdateBenchmark
{
    public static IEnumerable<string> Names => Optimizers.Eight;

    // registers, L1, L2, memory
    public static IEnumerable<int> Lengths => ((int[])[10, 1_000, 100_000, 10_000_000]).Select(Scale.Of).Distinct();

    [ParamsSource(nameof(Names))]
    public string Optimizer { get; set; } = "";

    [ParamsSource(nameof(Lengths))]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => Prepare(Optimizer, Length);
}

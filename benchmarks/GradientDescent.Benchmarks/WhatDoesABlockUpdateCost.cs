using BenchmarkDotNet.Attributes;

namespace GradientDescent.Benchmarks;

/// <summary>One update of a square matrix by each rule that looks at blocks.</summary>
[MemoryDiagnoser]
public class WhatDoesABlockUpdateCost
{
    private const double LearningRate = 1e-9; // so small that the parameters stay where they are

    private IOptimizer _optimizer = new LAMB();
    private double[] _parameters = [];
    private double[] _gradient = [];

    public static IEnumerable<string> Names =>
        [nameof(LAMB), nameof(LARS), nameof(NovoGrad), nameof(SM3), nameof(Adafactor), nameof(Muon), nameof(Shampoo)];

    [ParamsSource(nameof(Names))]
    public string Optimizer { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        int side = (int)Math.Sqrt(Scale.Of(10_000));
        _optimizer = Optimizer switch
        {
            nameof(LAMB) => new LAMB(),
            nameof(LARS) => new LARS(),
            nameof(NovoGrad) => new NovoGrad(),
            nameof(SM3) => new SM3(),
            nameof(Adafactor) => new Adafactor(),
            nameof(Muon) => new Muon(),
            _ => new Shampoo(),
        };
        _optimizer.Bind(new ParameterLayout(new ParameterBlock("W", side, side)));
        _parameters = [.. Enumerable.Repeat(1.0, side * side)];
        _gradient = [.. Enumerable.Range(0, side * side).Select(i => 1e-3 * (i * i % 7 - 3))];
        Update(); // the first update allocates the optimizer's state
    }

    [Benchmark]
    public void Update() => _optimizer.Update(_parameters, _gradient, LearningRate);
}

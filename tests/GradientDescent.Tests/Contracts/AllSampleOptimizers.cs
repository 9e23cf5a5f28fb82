namespace GradientDescent.Tests.Contracts;

/// <summary>The optimizers that evaluate samples themselves, with settings that change the state.</summary>
internal static class AllSampleOptimizers
{
    public static readonly IReadOnlyDictionary<string, Func<int, SampleOptimizer>> ByName =
        new Dictionary<string, Func<int, SampleOptimizer>>
        {
            ["SVRG"] = size => new SVRG(0.01, size, snapshotEvery: 1),
            ["SVRG, rare snapshots"] = size => new SVRG(0.01, size, snapshotEvery: 3),
            ["SVRG, Barzilai-Borwein"] = size => new SVRG(0.01, size, barzilaiBorwein: true),
            ["SAGA"] = size => new SAGA(batchSize: size),
            ["SAGA, own rate"] = size => new SAGA(0.01, size),
            ["NormalizedAdaptiveGradient"] = size => new NormalizedAdaptiveGradient(0.1, size),
            ["NormalizedAdaptiveGradient, plain"] = size => new NormalizedAdaptiveGradient(0.1, size, importanceInvariant: false),
        };
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>
/// Work whose bits must depend on nothing but its input, as hashes: updates of a long vector, and trainings with each way to cut samples
/// into batches. On several threads it is watched: if only one took part, that is an error.
/// </summary>
internal static class HashedWork
{
    // Blocks hold 32,768 numbers, pieces of a vector 16,384; the last one is short each time and no whole number of vectors.
    private const int PieceLength = 16_384;

    /// <summary>A block for every sample, and parameters in two pieces.</summary>
    private static readonly Shape _wide = new(5, PieceLength + 17, FeatureScaling.None);

    /// <summary>2,048 samples in a block, three blocks; rows of one vector and a rest.</summary>
    private static readonly Shape _tall = new(2 * 2048 + 7, 9, FeatureScaling.Standardize);

    public static IReadOnlyDictionary<string, Cut> Cuts { get; } = new Dictionary<string, Cut>
    {
        ["one sample"] = new(_wide, Batching.Mini(1), BlocksInABatch: 1),
        ["small batches, the last one short"] = new(_wide, Batching.Mini(3), BlocksInABatch: 3),
        ["large batches, the last one short"] = new(_tall, Batching.Mini(2048 + 9), BlocksInABatch: 2),
        ["full"] = new(_tall, Batching.Full, BlocksInABatch: 3),
    };

    public static bool Fits(string optimizer, Cut cut) => cut.Batching.IsFull || !AllOptimizers.ByName[optimizer]().Batching.IsFull;

    /// <summary>Two epochs of least squares: where the run was at its end, what it returned, and the loss there.</summary>
    public static string Training(string optimizer, Cut cut, NumericPrecision features, int threads)
    {
        Meeting? blocks = threads > 1 && cut.BlocksInABatch > 1 ? new() : null;
        Meeting? pieces = threads > 1 && cut.Shape.FeatureCount > PieceLength ? new() : null;
        ILoss loss = new MeanSquaredError();
        var options = new TrainingOptions
        {
            MaxEpochs = 2,
            Batching = cut.Batching,
            Schedule = new CosineDecay(Horizon.Epochs(2), end: 0.1),
            MaxDegreeOfParallelism = threads,
            ParallelThreshold = 0,
        };
        var fitOptions = new FitOptions { Scaling = cut.Shape.Scaling };

        TrainingResult result = new Trainer(Watched(optimizer, pieces), options)
            .Fit(new LinearRegression(), cut.Shape.Data(features), blocks is null ? loss
                : new WatchedLoss(loss, blocks), options: fitOptions);

        Require(blocks, "blocks of samples");
        Require(pieces, "pieces of the parameters");
        return Hash<double>([.. result.LastFiniteParameters, .. result.Parameters, result.Loss]);
    }

    /// <summary>Four updates of three pieces.</summary>
    public static string Updates(string optimizer, NumericPrecision precision, int threads) => precision == NumericPrecision.Double
        ? Updates(optimizer, threads, x => x, (o, parameters, gradient) => o.Update(parameters, gradient))
        : Updates(optimizer, threads, x => (float)x, (o, parameters, gradient) => o.Update(parameters, gradient));

    public static string Hash<T>(T[] values) where T : unmanaged =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));

    /// <summary>Anything irregular that is the same on every machine: no sine, which comes from the system's library.</summary>
    public static double Wave(int i) => ((long)i * i * 2654435761 % 1000003 - 500001) / 250000.0;

    private static string Updates<T>(string name, int threads, Func<double, T> convert, Action<Optimizer, T[], T[]> update) where T
        : unmanaged
    {
        Meeting? pieces = threads > 1 ? new() : null;
        Optimizer optimizer = Watched(name, pieces);
        ((IThreadedOptimizer)optimizer).UseThreads(threads, parallelThreshold: 0);
        T[] parameters = Numbers(0);
        for (int t = 1; t <= 4; t++)
            update(optimizer, parameters, Numbers(17 * t));
        Require(pieces, "pieces of a vector");
        return Hash(parameters);

        T[] Numbers(int start) => [.. Enumerable.Range(start, 2 * PieceLength + 37).Select(i => convert(Wave(i)))];
    }

    private static Optimizer Watched(string name, Meeting? pieces)
    {
        Optimizer optimizer = AllOptimizers.ByName[name]();
        return pieces is null ? optimizer : new WatchedOptimizer(optimizer, pieces);
    }

    private static void Require(Meeting? meeting, string what)
    {
        if (meeting is { HasTakenPlace: false })
            throw new InvalidOperationException($"Only one thread worked on {what}.");
    }

    internal sealed record Cut(Shape Shape, Batching Batching, int BlocksInABatch);

    internal sealed class Shape(int sampleCount, int featureCount, FeatureScaling scaling)
    {
        private readonly Lazy<Dataset> _wide = new(() => Dataset.From(
            [.. Enumerable.Range(0, sampleCount)
                .Select(i => Enumerable.Range(0, featureCount).Select(j => Wave(7 * i + 5 * j) / Math.Sqrt(featureCount)).ToArray())],
            [.. Enumerable.Range(0, sampleCount).Select(i => Wave(3 * i))]));

        public int FeatureCount => featureCount;

        public FeatureScaling Scaling => scaling;

        public Dataset Data(NumericPrecision features) => _wide.Value.WithPrecision(features);
    }
}

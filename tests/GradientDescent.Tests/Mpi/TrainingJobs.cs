using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Mpi;

/// <summary>
/// Fits whose results have the same bits on any number of ranks. The tests run them alone, the probe on the ranks of a job.
/// </summary>
internal static class TrainingJobs
{
    private const int Columns = 8;
    private const int Samples = 2000;
    private const int ManySamples = 20_000; // a block of mini-batches has 4096 rows of eight features

    /// <summary>The name of a job, and the hash of what it finds.</summary>
    public static (string Name, Func<ICollective?, string> Run)[] All { get; } =
    [
        ("linear", ranks =>
        {
            LinearFit fit = LinearRegression.Fit(Sharded(Numbers(Samples), ranks));
            return HashOf(fit.Model.Parameters, [.. fit.Statistics.Coefficients.Select(c => c.StandardError)]);
        }),
        ("logistic", ranks =>
        {
            LogisticFit fit = LogisticRegression.Fit(Sharded(Classes(2), ranks));
            return HashOf(fit.Model.Parameters, [.. fit.Statistics.Coefficients.Select(c => c.StandardError)]);
        }),
        ("softmax", ranks => HashOf(((SoftmaxRegression)SoftmaxRegression.Fit(Sharded(Classes(3), ranks)).Model).Parameters)),
        ("L-BFGS", ranks =>
        {
            var risk = new EmpiricalRisk(
                new LogisticRegression(), new BinaryCrossEntropy(), Sharded(Classes(2), ranks), new L2Penalty(0.01));
            return ResultHash.Of(new Trainer(new LBFGS()).Minimize(risk, new double[Columns + 1]));
        }),
        ("Adam, batches of several blocks", ranks => ResultHash.Of(
            new Trainer(new Adam(0.02), new() { Batching = Batching.Mini(9000), MaxEpochs = 5 })
                .Fit(new LinearRegression(), WithAllRows(Numbers(ManySamples), ranks)))),
        .. Long.Select(job => (job.Name, (Func<ICollective?, string>)(ranks => ResultHash.Of(job.Run(ranks, new() { MaxSteps = Steps }))))),
    ];

    /// <summary>Jobs that can be interrupted; the options say where they begin and end.</summary>
    public static (string Name, Func<ICollective?, TrainingOptions, TrainingResult> Run)[] Long =>
    [
        ("momentum, full batches", (ranks, options) =>
            new Trainer(new Momentum(0.05), options with { Batching = Batching.Full, Schedule = new ReduceOnPlateau(patience: 1) })
                .Fit(new SoftmaxRegression(3), Sharded(Classes(3), ranks), options: new() { Validation = Validation.HoldOut(0.2) })),
        ("Adam, mini-batches", (ranks, options) =>
            new Trainer(new Adam(0.02), options with { Batching = Batching.Mini(32), AccumulationSteps = 2 })
                .Fit(new LinearRegression(), WithAllRows(Numbers(Samples), ranks),
                    options: new() { Validation = Validation.HoldOut(0.2) })),
    ];

    /// <summary>
    /// The number of steps of a long job, and of its part before the checkpoint: in the middle of an epoch of mini-batches.
    /// </summary>
    public const int Steps = 40, StepsToCheckpoint = 17;

    /// <summary>The job that is killed: its name is that of its checkpoint too. It takes a second or two.</summary>
    public static string Killed(ICollective? ranks, string checkpoint, ITrainingObserver? observer = null) => ResultHash.Of(
        new Trainer(new Adam(0.02), new()
        {
            Batching = Batching.Mini(64),
            MaxEpochs = 40,
            CheckpointFile = checkpoint,
            CheckpointEvery = Horizon.Steps(7),
            ResumeIfPresent = checkpoint,
            Observers = observer is null ? [] : [observer],
        }).Fit(new LinearRegression(), WithAllRows(Numbers(Samples), ranks)));

    public static Dataset Sharded(Dataset data, ICollective? ranks) => ranks is null ? data : data.Shard(ranks);

    public static Dataset Numbers(int samples, int seed = 7)
    {
        var random = new Random(seed);
        double[][] rows = Rows(random, samples);
        return Dataset.From(rows, [.. rows.Select(row => 2 * row[0] - row[1] + 0.5 * row[2] + random.NextDouble())]);
    }

    private static Dataset WithAllRows(Dataset data, ICollective? ranks) => ranks is null ? data : data.Shard(ranks, keepAllRows: true);

    private static Dataset Classes(int count)
    {
        var random = new Random(8);
        double[][] rows = Rows(random, Samples);
        return Dataset.From(rows,
            [.. rows.Select(row => (double)Math.Clamp((int)Math.Floor(count * (0.5 + 0.3 * row[0]) + random.NextDouble()), 0, count - 1))]);
    }

    private static double[][] Rows(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Columns)
            .Select(j => (2 * random.NextDouble() - 1) * (1 << j)).ToArray())];

    private static string HashOf(IEnumerable<double> parameters, params double[] more) =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>([.. parameters, .. more])));
}

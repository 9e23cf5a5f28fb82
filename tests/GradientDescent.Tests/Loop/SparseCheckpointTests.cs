using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>A run on sparse data has the same bits whether it is watched, paused, or interrupted and resumed at any step.</summary>
public sealed class SparseCheckpointTests : IDisposable
{
    private const int Epochs = 3;

    private static readonly (string Name, Func<IOptimizer> New, IPenalty? Penalty, SparseUpdates Updates)[] _cases =
    [
        ("plain descent", () => new SGD(0.2), null, SparseUpdates.Exact),
        ("L1", () => new SGD(0.2), new L1Penalty(0.02), SparseUpdates.Exact),
        ("L2", () => new MiniBatchSGD(0.2, 2), new L2Penalty(0.3), SparseUpdates.Exact),
        ("L2, one sample", () => new SGD(0.2), new L2Penalty(0.3), SparseUpdates.Exact),
        ("elastic net", () => new SGD(0.2), new ElasticNetPenalty(0.1, 0.3), SparseUpdates.Exact),
        ("FTRL", () => new FTRL(0.3, l1Strength: 0.1), null, SparseUpdates.Exact),
        ("AdaGrad", () => new AdaGrad(0.3), null, SparseUpdates.Exact),
        ("normalized", () => new NormalizedAdaptiveGradient(), null, SparseUpdates.Exact),
        ("Adam, touched", () => new Adam(0.1), new L1Penalty(0.01), SparseUpdates.Touched),
    ];

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.checkpoint");

    public static TheoryData<string> Names => [.. _cases.Select(one => one.Name)];

    public void Dispose() => File.Delete(_file);

    [Theory]
    [MemberData(nameof(Names))]
    public void Resumed_AtAnyStep_HasTheBitsOfAnUninterruptedRun(string name)
    {
        (double[] expected, int steps) = Whole(name);
        for (int at = 1; at < steps; at++)
        {
            TrainingRun first = Run(name, options => options with { CheckpointFile = _file });
            for (int step = 0; step < at; step++)
                first.Advance();
            first.Pause();

            TrainingRun second = Run(name, options => options with { ResumeFrom = _file });
            second.Complete();

            second.Parameters.ToArray().Should().Equal(expected, "the run was interrupted after step {0}", at);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Watched_AtEachStep_HasTheBitsOfARunThatIsNot(string name)
    {
        (double[] expected, _) = Whole(name);
        TrainingRun run = Run(name, options => options);
        while (run.Advance())
        {
            _ = run.Parameters.Length;
            _ = run.Result;
        }

        run.Parameters.ToArray().Should().Equal(expected);
    }

    private static (double[] Parameters, int Steps) Whole(string name)
    {
        TrainingRun run = Run(name, options => options);
        TrainingResult result = run.Complete();
        return ([.. run.Parameters], (int)result.Steps);
    }

    private static TrainingRun Run(string name, Func<TrainingOptions, TrainingOptions> with)
    {
        var random = new Random(7);
        double[][] rows = [.. Enumerable.Range(0, 13).Select(_ => Enumerable.Range(0, 9)
            .Select(_ => random.Next(4) == 0 ? random.Next(-8, 9) / 7.0 : 0).ToArray())];
        Dataset data = SparseData.From(rows, [.. Enumerable.Range(0, 13).Select(_ => (double)random.Next(2))]);
        double[] start = [.. Enumerable.Range(0, 10).Select(_ => random.NextDouble() - 0.5)];
        (_, Func<IOptimizer> newOptimizer, IPenalty? penalty, SparseUpdates updates) = _cases.Single(one => one.Name == name);
        IOptimizer optimizer = newOptimizer();
        var options = new TrainingOptions
        {
            MaxEpochs = Epochs,
            SparseUpdates = updates,
            Schedule = new StepDecay(Horizon.Steps(5), 0.9),
            Batching = optimizer is Adam ? Batching.Mini(2) : optimizer.Batching,
        };
        var risk = new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), data, penalty);
        return new Trainer(optimizer, with(options)).CreateRun(risk, start);
    }
}

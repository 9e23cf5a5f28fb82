using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Contracts;

/// <summary>
/// What every optimizer that evaluates samples itself promises. There is no contract for updates without an objective, for float parameters
/// and for vector widths of a rule: these optimizers refuse the first, have no second, and their long vectors go through the kernels.
/// </summary>
public sealed class SampleOptimizerContract : IDisposable
{
    private static readonly Dataset _data = Dataset.From(
        [.. Enumerable.Range(0, 61).Select(i => Enumerable.Range(0, 5).Select(j => HashedWork.Wave(7 * i + 5 * j)).ToArray())],
        [.. Enumerable.Range(0, 61).Select(i => i % 3.0)],
        [.. Enumerable.Range(0, 61).Select(i => i % 4.0)]);

    private static readonly FitOptions _unscaled = new() { Scaling = FeatureScaling.None };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Names => [.. AllSampleOptimizers.ByName.Keys];

    private string Checkpoint => Path.Combine(_folder, "run.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheList_NamesEveryOne() => AllSampleOptimizers.ByName.Values.Select(create => create(1).GetType()).Distinct().Should()
        .BeEquivalentTo(typeof(IOptimizer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(SampleOptimizer))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Resume_AtAnyStep_EqualsNoInterruption(string name)
    {
        foreach (int size in (int[])[1, 7, 61])
        {
            foreach (bool looksAhead in (bool[])[false, true])
            {
                var options = new TrainingOptions { MaxEpochs = 5, Schedule = new CosineDecay(Horizon.Fraction(1)), Seed = size };
                string expected = ResultHash.Of(Trainer(options).Fit(new SoftmaxRegression(3), _data, options: _unscaled));
                int perEpoch = (61 + size - 1) / size;
                foreach (int at in (int[])[0, 1, perEpoch - 1, perEpoch, perEpoch + 1, 3 * perEpoch + perEpoch / 2, 4 * perEpoch])
                {
                    TrainingRun interrupted = Trainer(options with { CheckpointFile = Checkpoint })
                        .CreateRun(new SoftmaxRegression(3), _data, options: _unscaled);
                    for (int step = 0; step < at; step++)
                        interrupted.Advance();

                    interrupted.Pause();
                    TrainingResult resumed = Trainer(options with { ResumeFrom = Checkpoint })
                        .Fit(new SoftmaxRegression(3), _data, options: _unscaled);

                    ResultHash.Of(resumed).Should().Be(expected, "batches of {0}, interrupted at {1}", size, at);
                }

                Trainer Trainer(TrainingOptions how) => new(
                    looksAhead ? new Lookahead(AllSampleOptimizers.ByName[name](size), 3) : AllSampleOptimizers.ByName[name](size), how);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SetState_OfAStateThatDoesNotFit_ThrowsAndChangesNothing(string name)
    {
        IOptimizer optimizer = AllSampleOptimizers.ByName[name](7);
        OptimizerState good = new Trainer(optimizer, new() { MaxSteps = 12 }).Fit(new SoftmaxRegression(3), _data).OptimizerState;
        optimizer.SetState(good);
        var wrong = new List<OptimizerState>
        {
            new("Another", 12, good.Scalars, good.Vectors, length: good.Length),
            new(good.Algorithm, 12, good.Scalars.Add("extra", 1), good.Vectors, length: good.Length),
            new(good.Algorithm, 12, good.Scalars, good.Vectors.Add("extra", [1]), length: good.Length),
            new(good.Algorithm, 12, good.Scalars, good.Vectors),
            new(good.Algorithm, 12, good.Scalars, good.Vectors, [KeyValuePair.Create("inner", good)], good.Length),
        };
        foreach (string vector in good.Vectors.Keys)
        {
            wrong.Add(new(good.Algorithm, 12, good.Scalars, good.Vectors.Remove(vector), length: good.Length));
            wrong.Add(new(good.Algorithm, 12, good.Scalars,
                good.Vectors.SetItem(vector, good.Vectors[vector].SetItem(1, double.NaN)), length: good.Length));
        }

        foreach (OptimizerState state in wrong)
            optimizer.Invoking(o => o.SetState(state)).Should().Throw<ArgumentException>();

        optimizer.GetState().Should().BeEquivalentTo(good);
        optimizer.CreateNew().GetState().StepCount.Should().Be(0);
        optimizer.CreateNew().ToString().Should().Be(optimizer.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_WithAnyNumberOfThreads_GivesTheSameHash(string name)
    {
        Dataset data = Dataset.From(
            [.. Enumerable.Range(0, 5000).Select(i => Enumerable.Range(0, 9).Select(j => HashedWork.Wave(7 * i + 5 * j)).ToArray())],
            [.. Enumerable.Range(0, 5000).Select(i => i % 3.0)]);
        TrainingResult Fit(int threads) => new Trainer(
            AllSampleOptimizers.ByName[name](2100),
            new() { MaxEpochs = 2, MaxDegreeOfParallelism = threads, ParallelThreshold = 0 })
            .Fit(new SoftmaxRegression(3), data, options: _unscaled);
        string expected = ResultHash.Of(Fit(1));

        foreach (int threads in (int[])[2, 4])
            ResultHash.Of(Fit(threads)).Should().Be(expected, "{0} threads", threads);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_AfterTheFirstStep_AllocatesNothing(string name)
    {
        foreach (int size in (int[])[1, 7])
        {
            foreach (NumericPrecision features in Enum.GetValues<NumericPrecision>())
            {
                Dataset data = _data.WithPrecision(features);

                long allocated = AllocatedBytes.Least(() =>
                {
                    var meter = new Meter(lastStep: 199);
                    new Trainer(AllSampleOptimizers.ByName[name](size), new() { MaxSteps = 200, Schedule = meter })
                        .Fit(new SoftmaxRegression(3), data);
                    return meter.Allocated ?? throw new InvalidOperationException("The run ended before its last step.");
                });

                allocated.Should().Be(0, "batches of {0}, features in {1}", size, features);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Minimize_WithFrozenBlocks_KeepsTheirBits(string name)
    {
        var rows = new FrozenIntercepts(new EmpiricalRisk(new SoftmaxRegression(3), new CategoricalCrossEntropy(), _data));
        double[] start = [.. Enumerable.Range(0, 18).Select(i => i == 17 ? -0.0 : HashedWork.Wave(i))];
        TrainingRun run = new Trainer(AllSampleOptimizers.ByName[name](7), new() { MaxEpochs = 3 }).CreateRun(rows, start);

        while (run.Advance())
            Bits(run.Parameters).Should().Equal(Bits(start));

        run.Result.LastFiniteParameters.Take(15).Should().NotEqual(start.Take(15));

        static long[] Bits(IEnumerable<double> parameters) => [.. parameters.Skip(15).Select(BitConverter.DoubleToInt64Bits)];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Update_WithoutAnObjective_ThrowsAndChangesNothing(string name)
    {
        IOptimizer optimizer = AllSampleOptimizers.ByName[name](1);
        double[] parameters = [1];

        optimizer.Invoking(o => o.Update(parameters, [1], 0.1)).Should().Throw<InvalidOperationException>();

        parameters.Should().Equal(1);
        optimizer.StepCount.Should().Be(0);
    }

    [Theory]
    [InlineData("SAGA")]
    [InlineData("NormalizedAdaptiveGradient")]
    public void Fit_WithoutRows_IsRefusedByName(string name)
    {
        IOptimizer Create() => AllSampleOptimizers.ByName[name](1);
        var network = new FeedForwardNetwork(ModelTask.Classification, new DenseLayer(3));
        IObjective bowl = Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]);

        FluentActions.Invoking(() => new Trainer(Create()).Fit(network, _data)).Should().Throw<InvalidOperationException>()
            .WithMessage($"{name} needs the rows of a linear model*");
        FluentActions.Invoking(() => new Trainer(Create()).Minimize(bowl, [1])).Should().Throw<InvalidOperationException>()
            .WithMessage($"{name} needs the rows of a linear model*");
        FluentActions.Invoking(() => new Trainer(new ParameterGroups(Create())).Fit(new SoftmaxRegression(3), _data)).Should()
            .Throw<InvalidOperationException>().WithMessage($"{name} is a rule of ParameterGroups*");
        FluentActions.Invoking(() => new Trainer(Create(), new() { GradientTransforms = [GradientClipping.ByNorm(1)] })
            .Fit(new SoftmaxRegression(3), _data)).Should().Throw<NotSupportedException>().WithMessage("*GradientTransforms*");
    }

    [Fact]
    public void Fit_ThatTheAlgorithmCannotMake_IsRefusedByName()
    {
        FluentActions.Invoking(() => new Trainer(new NormalizedAdaptiveGradient())
            .Fit(new SoftmaxRegression(3), _data, options: new() { Penalty = new L2Penalty(1) })).Should().Throw<NotSupportedException>()
            .WithMessage("*penalty*");
        FluentActions.Invoking(() => new Trainer(new SAGA()).Fit(new LinearRegression(), _data, new PoissonLoss())).Should()
            .Throw<InvalidOperationException>().WithMessage("*give it a learning rate.");
    }

    /// <summary>A schedule is asked once a step: it can watch what happens between two of them.</summary>
    private sealed class Meter(long lastStep) : ISchedule
    {
        private long _before;

        public long? Allocated { get; private set; }

        public double FactorAt(TrainingClock clock)
        {
            if (clock.Step == 1)
                _before = GC.GetAllocatedBytesForCurrentThread();
            if (clock.Step == lastStep)
                Allocated = GC.GetAllocatedBytesForCurrentThread() - _before;
            return 1;
        }
    }

    /// <summary>An objective of a user's own with the rows of another and frozen intercepts.</summary>
    private sealed class FrozenIntercepts(ILinearObjective rows) : ILinearObjective
    {
        public int ParameterCount => rows.ParameterCount;

        public int SampleCount => rows.SampleCount;

        public int OutputCount => rows.OutputCount;

        public double? LargestCurvature => rows.LargestCurvature;

        public ParameterLayout Layout => new([.. rows.Layout.Blocks.Select(block => block with { IsFrozen = block.Name == "intercepts" })]);

        public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient) =>
            rows.Add(parameters, in batch, gradient);

        public void Scores(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> scores) =>
            rows.Scores(parameters, in batch, scores);

        public LossSum Derivatives(ReadOnlySpan<double> scores, in SampleBatch batch, Span<double> derivatives) =>
            rows.Derivatives(scores, in batch, derivatives);

        public void AddRows(in SampleBatch batch, ReadOnlySpan<double> factors, Span<double> gradient) =>
            rows.AddRows(in batch, factors, gradient);
    }
}

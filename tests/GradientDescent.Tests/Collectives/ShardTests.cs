using GradientDescent.Kernels;

namespace GradientDescent.Tests.Collectives;

/// <summary>What a job computes on shards has the bits of one process, whatever the number of ranks.</summary>
public sealed class ShardTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    // 24 parts: with three ranks and more, the nodes of the tree of sums have several sizes.
    private const int Samples = 1500, Columns = 6;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly Dictionary<string, Func<ICollective?, double[]>> _jobs = new()
    {
        ["linear, one call"] = ranks => [.. LinearRegression.Fit(Shard(Numbers(weighted: false), ranks)).Model.Parameters],
        ["linear, weighted"] = ranks => [.. LinearRegression.Fit(Shard(Numbers(weighted: true), ranks)).Model.Parameters],
        ["linear, refined"] = ranks => [.. LinearRegression.FitAccurately(Shard(Numbers(weighted: true), ranks)).Model.Parameters],
        ["linear, from inner products"] = ranks => [.. LinearRegression.Fit(Shard(Many(6000, 20), ranks)).Model.Parameters],
        ["linear, from inner products of parts"] = ranks => [.. LinearRegression.Fit(Shard(Many(40_000, 8), ranks)).Model.Parameters],
        ["linear, dependent columns"] = ranks =>
            [.. LinearRegression.Fit(Shard(Many(40_000, 8, dependent: true), ranks)).Model.Parameters],
        ["linear, decorrelated and penalized"] = ranks => Fitted(new BatchGD(0.5), new() { MaxSteps = 5 }, ranks, Many(6000, 20),
            new() { Scaling = FeatureScaling.Decorrelate, Penalty = new L2Penalty(0.1) }),
        ["linear, statistics"] = ranks =>
        {
            RegressionStatistics statistics = LinearRegression.Fit(Shard(Numbers(weighted: true), ranks)).Statistics;
            return [.. statistics.Coefficients.SelectMany(c => new[] { c.Estimate, c.StandardError }), statistics.RSquared];
        },
        ["logistic, statistics"] = ranks =>
        {
            LogisticFit fit = LogisticRegression.Fit(Shard(Classes(2), ranks));
            return [.. fit.Model.Parameters, .. fit.Statistics.Coefficients.Select(c => c.StandardError), fit.Metrics.Accuracy];
        },
        ["softmax, statistics"] = ranks =>
        {
            ClassifierFit<int> fit = SoftmaxRegression.Fit(Shard(Classes(3), ranks));
            return [.. ((SoftmaxRegression)fit.Model).Parameters, fit.Metrics.LogLoss];
        },
        ["L-BFGS"] = ranks => Minimized(new LBFGS(), new(), ranks),
        ["L-BFGS, L1"] = ranks => Fitted(new LBFGS(), new() { MaxSteps = 40 }, ranks, fit: new() { Penalty = new L1Penalty(0.01) }),
        ["Adam, full"] = ranks => Fitted(new Adam(0.05), new() { Batching = Batching.Full, MaxSteps = 50 }, ranks),
        ["Adam, full, in float"] = ranks => Fitted(new Adam(0.05), new() { Batching = Batching.Full, MaxSteps = 20 }, ranks,
            Numbers(weighted: false).WithPrecision(NumericPrecision.Single)),
        ["rate from curvature"] = ranks => Fitted(
            new Nesterov(0.1, restart: true), new() { Batching = Batching.Full, MaxSteps = 30 }, ranks,
            fit: new() { RateFromCurvature = true }),
        ["analysis, singular values"] = ranks => Analysis(FitAnalysis.From(new LinearRegression(), Shard(Numbers(weighted: true), ranks))),
        ["analysis, power iteration"] = ranks => Analysis(
            FitAnalysis.From(new LinearRegression(), Shard(Numbers(weighted: true), ranks), null, null, null, maxWork: 0)),
        ["validation, early stopping"] = ranks => Fitted(new Adam(0.05),
            new() { Batching = Batching.Full, EarlyStopping = new EarlyStopping(patience: 3), MaxEpochs = 60 }, ranks,
            fit: new() { Validation = Validation.HoldOut(0.2) }),
        ["schedule by metric"] = ranks => Fitted(new Momentum(0.05),
            new() { Batching = Batching.Full, Schedule = new ReduceOnPlateau(patience: 1), MaxEpochs = 60 }, ranks),
        ["classes from their shares"] = ranks => Trained(new Adam(0.05), new() { Batching = Batching.Full, MaxEpochs = 10 },
            new SoftmaxRegression(3), Shard(Classes(3), ranks), new() { Validation = Validation.HoldOut(0.25) }),
        ["network with dropout"] = ranks => Trained(new Adam(0.01), new() { Batching = Batching.Full, MaxEpochs = 5 },
            new FeedForwardNetwork(ModelTask.Classification, new DenseLayer(8, Activation.ReLU) { Dropout = 0.3 }, new DenseLayer(3)),
            Shard(Classes(3), ranks)),
    };

    // Mini-batches, where each rank has all rows.
    private static readonly Dictionary<string, Func<ICollective?, double[]>> _batches = new()
    {
        ["Adam, a batch of one block"] = ranks => OnAllRows(new Adam(0.02), new() { Batching = Batching.Mini(32), MaxEpochs = 3 }, ranks),
        ["Adam, a batch of several blocks"] = ranks =>
            OnAllRows(new Adam(0.02), new() { Batching = Batching.Mini(6000), MaxEpochs = 6 }, ranks),
        ["parts of several blocks"] = ranks =>
            OnAllRows(new Adam(0.02), new() { Batching = Batching.Mini(5000), AccumulationSteps = 2, MaxEpochs = 6 }, ranks),
        ["single samples"] = ranks => OnAllRows(new SGD(0.001), new() { MaxSteps = 500 }, ranks),
        ["SAGA"] = ranks => OnAllRows(new SAGA(), new() { Batching = Batching.Mini(7), MaxSteps = 500 }, ranks),
        ["search by halving"] = ranks => Halved(ranks),
        ["SVRG"] = ranks => OnAllRows(new SVRG(0.01), new() { Batching = Batching.Mini(16), MaxSteps = 300 }, ranks),
    };

    public static TheoryData<string, int> Jobs()
    {
        var cases = new TheoryData<string, int>();
        foreach (string job in _jobs.Keys)
        {
            foreach (int size in (int[])[2, 3, 5])
                cases.Add(job, size);
        }

        return cases;
    }

    public static TheoryData<string> Batches() => [.. _batches.Keys];

    [Theory]
    [MemberData(nameof(Jobs))]
    public void AJob_HasTheBitsOfOneProcess(string job, int size) => ShouldHaveTheBitsOfOneProcess(_jobs[job], size);

    [Theory]
    [MemberData(nameof(Batches))]
    public void MiniBatches_HaveTheBitsOfOneProcess_WhereRanksKeepAllRows(string job)
    {
        ShouldHaveTheBitsOfOneProcess(_batches[job], 2);
        ShouldHaveTheBitsOfOneProcess(_batches[job], 3);
    }

    private static void ShouldHaveTheBitsOfOneProcess(Func<ICollective?, double[]> job, int size)
    {
        double[] alone = job(null);
        foreach (double[] numbers in LocalCollective.Run(size, ranks => job(ranks)))
            numbers.Select(BitConverter.DoubleToInt64Bits).Should().Equal(alone.Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void MiniBatchesOfShards_DifferByRoundingOnly()
    {
        TrainingOptions options = new() { Batching = Batching.Mini(48), MaxEpochs = 3 };
        double[] alone = Fitted(new MiniBatchSGD(0.02), options, null);
        foreach (double[] numbers in LocalCollective.Run(3, ranks => Fitted(new MiniBatchSGD(0.02), options, ranks)))
        {
            // 96 steps, each of whose sums rounds differently in the last places.
            numbers.Zip(alone).Should().AllSatisfy(pair => pair.First.Should().BeApproximately(pair.Second, 1e-12 * Math.Abs(pair.Second)));
        }
    }

    [Fact]
    public void FastSums_DifferByRoundingOnly()
    {
        Dataset data = Numbers(weighted: true);
        double[] alone = new double[Columns + 1], parameters = [.. Enumerable.Range(1, Columns + 1).Select(j => 0.1 * j)];
        IObjective whole = Objective.Full(new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data));
        double value = whole.Evaluate(parameters, alone);
        (double Value, double[] Gradient)[] all = LocalCollective.Run(3, ranks =>
        {
            double[] gradient = new double[Columns + 1];
            var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), data.Shard(ranks, fastSums: true));
            return (Objective.Full(risk).Evaluate(parameters, gradient), gradient);
        });

        // Two orders of additions of 1500 terms of about the size of the sum: 2·log₂(1500) roundings and a few per block.
        foreach ((double ofRank, double[] gradient) in all)
        {
            ofRank.Should().BeApproximately(value, 1e-13 * value);
            Reductions.Norm([.. gradient.Zip(alone, (a, b) => a - b)]).Should().BeLessThan(1e-13 * Reductions.Norm(alone));
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(3, 1)]
    [InlineData(2, 5)]
    public void ACheckpoint_ContinuesOnAnotherNumberOfRanks(int before, int after)
    {
        string path = Path.Combine(_folder, "run.checkpoint");
        double[] whole = Run(null, new() { Batching = Batching.Full, MaxSteps = 40 });
        On(before, new() { Batching = Batching.Full, MaxSteps = 17, CheckpointFile = path });
        On(after, new() { Batching = Batching.Full, MaxSteps = 40, ResumeFrom = path }).Should().Equal(whole);

        static double[] On(int size, TrainingOptions options) => size == 1
            ? Run(null, options)
            : LocalCollective.Run(size, ranks => Run(ranks, options))[^1];

        static double[] Run(ICollective? ranks, TrainingOptions options) => Fitted(new Adam(0.05), options, ranks);
    }

    [Fact]
    public void FewSamples_LeaveRanksWithoutAny()
    {
        var data = Dataset.From([1.0, 2, 3, 4, 5], [2.0, 4, 6, 8, 11]);
        double[] alone = [.. LinearRegression.Fit(data).Model.Parameters];

        LocalCollective.Run(4, ranks => LinearRegression.Fit(data.Shard(ranks)).Model.Parameters.ToArray())
            .Should().AllSatisfy(parameters => parameters.Should().Equal(alone));
    }

    [Fact]
    public void RowsOfEachRank_AreJoined()
    {
        Dataset whole = Numbers(weighted: true);
        int[] cuts = [0, 10, 700, Samples];
        string alone = whole.Fingerprint();
        double[] fitted = [.. LinearRegression.Fit(whole).Model.Parameters];
        (string Hash, double[] Parameters)[] all = LocalCollective.Run(3, ranks =>
        {
            Dataset own = whole.Select([.. Enumerable.Range(cuts[ranks.Rank], cuts[ranks.Rank + 1] - cuts[ranks.Rank])]);
            var joined = Dataset.FromShards(ranks, own);
            return (joined.Fingerprint(), LinearRegression.Fit(joined).Model.Parameters.ToArray());
        });

        all.Should().AllSatisfy(one => one.Hash.Should().Be(alone)).And.AllSatisfy(one => one.Parameters.Should().Equal(fitted));
    }

    [Fact]
    public void ARank_KeepsItsOwnFeaturesOnly()
    {
        Dataset whole = Numbers(weighted: false);
        int[] readable = LocalCollective.Run(3, ranks =>
        {
            Dataset shard = whole.Shard(ranks);
            shard.Collective.Should().BeSameAs(ranks);
            shard.SampleCount.Should().Be(Samples);
            int count = 0;
            for (int i = 0; i < Samples; i++)
            {
                try
                {
                    shard.Features(i).ToArray().Should().Equal(whole.Features(i).ToArray());
                    count++;
                }
                catch (InvalidOperationException e)
                {
                    e.Message.Should().MatchRegex($"^Row {i} belongs to rank [0-2]: this is rank {ranks.Rank}\\.$");
                }
            }

            return count;
        });

        readable.Should().Equal(8 * 64, 8 * 64, Samples - 16 * 64); // 24 parts of 64 samples, the last one of 28
    }

    [Fact]
    public void OtherData_IsNoticed()
    {
        FluentActions.Invoking(() => LocalCollective.Run(3, ranks =>
            Numbers(weighted: ranks.Rank == 2).Shard(ranks))).Should().Throw<InvalidOperationException>()
            .WithMessage("Rank 2 has other data than rank 0: '1500 samples, 6 features, 1 target, weighted, SHA-256*");
    }

    [Fact]
    public void OtherOptions_AreNoticed()
    {
        ShouldBeRefused(
            ranks => Fitted(new Adam(ranks.Rank == 1 ? 0.1 : 0.2), new() { MaxSteps = 5 }, ranks),
            "Rank 1 has other optimizer than rank 0: 'Adam*");
        ShouldBeRefused(
            ranks => Fitted(new Adam(), new() { MaxSteps = 5 + ranks.Rank }, ranks),
            "Rank 1 has other options than rank 0: 'MaxSteps 6,*' and 'MaxSteps 5,*");
        ShouldBeRefused(
            ranks => Fitted(new Adam(), new() { MaxSteps = 5 }, ranks, fit: new() { Start = [ranks.Rank, 0, 0, 0, 0, 0, 0] }),
            "Rank 1 has other initial parameters than rank 0*");

        static void ShouldBeRefused(Func<ICollective, double[]> job, string message) =>
            FluentActions.Invoking(() => LocalCollective.Run(2, job)).Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    private static Dataset Shard(Dataset data, ICollective? ranks) => ranks is null ? data : data.Shard(ranks);

    private static double[] Fitted(
        IOptimizer optimizer, TrainingOptions options, ICollective? ranks, Dataset? data = null, FitOptions? fit = null) =>
        Trained(optimizer, options, new LinearRegression(), Shard(data ?? Numbers(weighted: true), ranks), fit);

    private static double[] OnAllRows(IOptimizer optimizer, TrainingOptions options, ICollective? ranks)
    {
        const int Many = 20_000; // a block has 4096 rows of six features
        Dataset data = Numbers(weighted: false, Many);
        return Trained(optimizer, options, new LinearRegression(), ranks is null ? data : data.Shard(ranks, keepAllRows: true));
    }

    private static double[] Trained(
        IOptimizer optimizer, TrainingOptions options, IModel model, Dataset data, FitOptions? fit = null)
    {
        TrainingResult result = new Trainer(optimizer, options).Fit(model, data, options: fit);
        return [.. result.Parameters, .. result.StoppedAt, result.Loss, result.GradientNorm, result.Steps, result.ValidationLoss ?? 0];
    }

    private static double[] Minimized(IOptimizer optimizer, TrainingOptions options, ICollective? ranks)
    {
        var risk = new EmpiricalRisk(new LogisticRegression(), new BinaryCrossEntropy(), Shard(Classes(2), ranks), new L2Penalty(0.01));
        TrainingResult result = new Trainer(optimizer, options).Minimize(risk, new double[Columns + 1]);
        return [.. result.Parameters, result.Loss, result.Steps];
    }

    private static double[] Analysis(FitAnalysis analysis) =>
        [analysis.LargestCurvature, analysis.ConditionNumber, analysis.CurvatureAtStart, analysis.RatioOfFeatureScales];

    private static double[] Halved(ICollective? ranks)
    {
        Dataset data = Numbers(weighted: false);
        var model = new LinearRegression();
        SuccessiveHalving.Run(
            model,
            ranks is null ? data : data.Shard(ranks, keepAllRows: true),
            [new(new Adam(0.1)), new(new Adam(0.001)), new(new Momentum(0.01)), new(new LBFGS())],
            options: new() { Epochs = 6 });
        return [.. model.Parameters];
    }

    private static Dataset Numbers(bool weighted, int samples = Samples)
    {
        var random = new Random(7);
        double[][] rows = Rows(random, samples);
        double[] targets = [.. rows.Select(row => 2 * row[0] - row[1] + 0.5 * row[2] + random.NextDouble())];
        return weighted ? Dataset.From(rows, targets, weights: [.. rows.Select((_, i) => i % 7 == 3 ? 0 : 0.5 + i % 3)])
            : Dataset.From(rows, targets);
    }

    /// <summary>So many numbers that a basis comes from inner products.</summary>
    private static Dataset Many(int samples, int width, bool dependent = false)
    {
        var random = new Random(9);
        double[][] rows =
            [.. Enumerable.Range(0, samples).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextDouble()).ToArray())];
        foreach (double[] row in rows)
            row[^1] = dependent ? row[0] - 2 * row[1] : row[^1];
        return Dataset.From(rows, [.. rows.Select(row => row[0] - row[^1] + random.NextDouble())]);
    }

    private static Dataset Classes(int count)
    {
        var random = new Random(8);
        double[][] rows = Rows(random, Samples);
        return Dataset.From(rows, [.. rows.Select(ClassOf)]);

        double ClassOf(double[] row) => Math.Clamp(Math.Floor(count * (0.5 + 0.3 * row[0]) + random.NextDouble()), 0, count - 1);
    }

    private static double[][] Rows(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, Columns)
            .Select(j => (2 * random.NextDouble() - 1) * (1 << j)).ToArray())];
}

using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Online;

/// <summary>A trainer of batches that arrive makes the steps of a trainer that has all of them, and survives bad batches.</summary>
public sealed class OnlineTrainerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private const int Samples = 96;
    private const int BatchSize = 8;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, bool> Optimizers => new()
    {
        { "SGD", false }, { "SGD", true }, { "Adam", false }, { "AdaGrad", true }, { "FTRL", true }, { "NAG", false }, { "NAG", true },
        { "Averaged", false },
    };

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Batches_HaveTheBitsOfATrainerInOrder(string name, bool sparse)
    {
        Dataset data = Classes(sparse);
        LogisticRegression expected = new(), actual = new();
        var options = new TrainingOptions
        {
            MaxEpochs = 1,
            Batching = Batching.Mini(BatchSize),
            Order = SampleOrder.Sequential,
            Schedule = new StepDecay(Horizon.Steps(3), 0.9),
        };
        TrainingRun run = new Trainer(Optimizer(name), options).CreateRun(expected, data, options: new() { Scaling = FeatureScaling.None });
        var online = new OnlineTrainer(
            actual, Optimizer(name), options: new() { Scaling = FeatureScaling.None, Schedule = new StepDecay(Horizon.Steps(3), 0.9) });

        foreach (Dataset batch in Batches(data))
        {
            run.Advance();
            online.Learn(batch);
            actual.Parameters.Should().Equal(run.Parameters);
        }

        (online.Batches, online.Samples).Should().Be((Samples / BatchSize, Samples));
    }

    [Theory]
    [InlineData(FeatureScaling.None)]
    [InlineData(FeatureScaling.Standardize)]
    public void ResumedTrainer_HasTheBitsOfOneThatWasNotInterrupted(FeatureScaling scaling)
    {
        string path = Path.Combine(_folder, "stream.checkpoint");
        Dataset[] batches = [.. Batches(Classes(sparse: false))];
        OnlineOptions options = new()
        {
            Scaling = scaling,
            Drift = new PageHinkleyTest(0.01, minBatches: 3),
            HalfLife = 20,
            Schedule = new StepDecay(Horizon.Steps(2), 0.9),
        };
        LogisticRegression unbroken = new(), first = new(), second = new();
        OnlineTrainer whole = new(unbroken, new Adam(0.1), options: options), before = new(first, new Adam(0.1), options: options),
            after = new(second, new Adam(0.1), options: options);
        for (int i = 0; i < 5; i++)
            (_, _) = (whole.Learn(batches[i]), before.Learn(batches[i]));

        before.Save(path);
        after.Resume(path);

        second.Parameters.Should().Equal(first.Parameters);
        for (int i = 5; i < batches.Length; i++)
        {
            OnlineReport expected = whole.Learn(batches[i]), actual = after.Learn(batches[i]);
            actual.Should().BeEquivalentTo(expected);
            second.Parameters.Should().Equal(unbroken.Parameters);
        }
    }

    [Fact]
    public void Resume_OfAnotherTrainer_IsRefused_AndChangesNothing()
    {
        string path = Path.Combine(_folder, "stream.checkpoint");
        var trainer = new OnlineTrainer(new LogisticRegression(), new Adam());
        Action early = () => trainer.Save(path);
        early.Should().Throw<InvalidOperationException>().WithMessage("There is nothing to save: no batch was learned yet.");
        trainer.Learn(Classes(sparse: false));
        trainer.Save(path);
        LogisticRegression model = new();

        var other = new OnlineTrainer(model, new SGD());
        Action resume = () => other.Resume(path);
        resume.Should().Throw<InvalidOperationException>().WithMessage("*has optimizer 'Adam', this run has 'SGD'*");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^40]);
        Action damaged = () => new OnlineTrainer(model, new Adam()).Resume(path);
        damaged.Should().Throw<CheckpointFormatException>().WithMessage("'stream.checkpoint' cannot be used:*");

        model.IsFitted.Should().BeFalse();
    }

    // The reference is a plain loop: predict, count, then step.
    [Fact]
    public void ProgressiveLossAndAccuracy_AreMeasuredBeforeEachStep()
    {
        Dataset data = Classes(sparse: false);
        OnlineOptions options = new() { Scaling = FeatureScaling.None, HalfLife = 16 };
        var trainer = new OnlineTrainer(new LogisticRegression(), new SGD(0.5), options: options);
        double[] weights = new double[data.FeatureCount + 1];
        double all = 0, hits = 0, count = 0, recent = 0, recentCount = 0;
        OnlineReport? report = null;

        foreach (Dataset batch in Batches(data))
        {
            double[] gradient = new double[weights.Length];
            double sum = 0;
            for (int i = 0; i < batch.SampleCount; i++)
            {
                double score = weights[^1], target = batch.Targets(i)[0];
                for (int j = 0; j < batch.FeatureCount; j++)
                    score += weights[j] * batch.Features(i)[j];
                double probability = 1 / (1 + Math.Exp(-score));
                sum -= target == 1 ? Math.Log(probability) : Math.Log(1 - probability);
                hits += score >= 0 == (target == 1) ? 1 : 0;
                for (int j = 0; j <= batch.FeatureCount; j++)
                    gradient[j] += (probability - target) * (j < batch.FeatureCount ? batch.Features(i)[j] : 1) / batch.SampleCount;
            }

            (all, count) = (all + sum, count + batch.SampleCount);
            (recent, recentCount) = (recent / Math.Sqrt(2) + sum, recentCount / Math.Sqrt(2) + batch.SampleCount); // 8 samples: half of 16
            for (int j = 0; j < weights.Length; j++)
                weights[j] -= 0.5 * gradient[j];
            report = trainer.Learn(batch);
            report.BatchLoss.Should().BeApproximately(sum / batch.SampleCount, 1e-13);
        }

        report!.ProgressiveLoss.Should().BeApproximately(all / count, 1e-13);
        report.RecentLoss.Should().BeApproximately(recent / recentCount, 1e-13);
        report.ProgressiveAccuracy.Should().Be(hits / count);
    }

    [Fact]
    public void TrainedModel_GoesOnLearning()
    {
        Dataset data = Classes(sparse: false);
        LogisticRegression model = LogisticRegression.Fit(data, penalty: new L2Penalty(0.1)).Model;
        double before = model.Evaluate(data).LogLoss;

        OnlineReport report = new OnlineTrainer(model, new SGD(0.1)).Learn(data);

        report.BatchLoss.Should().BeApproximately(before, 1e-12);
        model.Evaluate(data).LogLoss.Should().BeLessThan(before); // the penalty held it back
    }

    // A step of length 0 changes only the coordinates, and these are converted back.
    [Fact]
    public void ChangeOfTheScales_DoesNotChangeTheModel()
    {
        var random = new Random(3);
        LinearRegression model = new();
        model.SetParameters([2, -3, 0.5, 10], 3);
        var trainer = new OnlineTrainer(model, new SGD(), options: new() { Schedule = new Stopped() });

        for (int b = 0; b < 20; b++)
        {
            double[][] rows =
                [.. Enumerable.Range(0, 5).Select(_ => new[] { 1000 + b * random.NextDouble(), random.NextDouble(), 7 })];
            trainer.Learn(Dataset.From(rows, new double[5]));
        }

        // 20 conversions there and back; the intercept cancels numbers of the size of 2·1000.
        model.Weights.ShouldBeWithin([2, -3, 0.5], 1e-12);
        model.Intercept.Should().BeApproximately(10, 1e-10);
    }

    [Fact]
    public void RunningScales_AreThoseOfAllSamples_HoweverTheyArrive()
    {
        var random = new Random(8);
        double[][] rows = [.. Enumerable.Range(0, 500).Select(i => new[] { 1e6 + random.NextDouble(), i * 1e-3, -2, random.Next(2) })];
        double[] weights = [.. rows.Select(_ => (double)random.Next(3))];
        Dataset all = Dataset.From(rows, new double[500], weights);
        RunningScale expected = new(4);
        expected.Add(all);

        foreach (int size in new[] { 1, 7, 100 })
        {
            RunningScale actual = new(4);
            for (int start = 0; start < 500; start += size)
            {
                int[] own = [.. Enumerable.Range(start, Math.Min(size, 500 - start)).Where(i => weights[i] > 0)];
                if (own.Length > 0)
                    actual.Add(all.Select(own));
            }

            actual.Centers.Should().Equal(expected.Centers);
            actual.Scales.Should().Equal(expected.Scales);
        }

        // The statistics of a fit use doubles, centred: their own rounding is a few units in the last place.
        ColumnStatistics fit = ColumnStatistics.OfFeatures(all, centered: true);
        expected.Centers.ShouldBeWithin(fit.Centers, 1e-14);
        expected.Scales.Where((_, j) => j != 2).ShouldBeWithin(fit.Scales.Where((_, j) => j != 2), 1e-9);
        expected.Scales[2].Should().Be(1);
    }

    [Fact]
    public void Drift_IsFound_AndResetForgetsAllButTheParameters()
    {
        LinearRegression model = new();
        var trainer = new OnlineTrainer(
            model, new Adam(0.05), options: new() { Scaling = FeatureScaling.None, Drift = new PageHinkleyTest(3, minBatches: 10) });
        var drifts = new List<int>();
        for (int b = 0; b < 200; b++)
        {
            double slope = b < 120 ? 2 : -5;
            double[] x = [.. Enumerable.Range(0, 10).Select(i => Math.Sin(i + b))];
            OnlineReport report = trainer.Learn(Dataset.From(x, [.. x.Select(value => slope * value)]));
            if (report.HasDrifted && b >= 20)
                drifts.Add(b);
        }

        drifts.Should().NotBeEmpty();
        drifts[0].Should().BeInRange(120, 130);
        double[] parameters = [.. model.Parameters];
        trainer.Reset();
        (trainer.Batches, trainer.Samples).Should().Be((0, 0));
        trainer.Store();
        model.Parameters.Should().Equal(parameters);
    }

    [Fact]
    public void BadBatches_AreRefusedOrLeftOut_AndChangeNothing()
    {
        LinearRegression model = new();
        var trainer = new OnlineTrainer(model, new SGD(0.1), options: new() { Scaling = FeatureScaling.None });
        trainer.Learn(Dataset.From([[1.0, 2], [2, 1]], [1.0, 2]));
        double[] parameters = [.. model.Parameters];

        Refuses(Dataset.From([1.0], [1.0]), "The batch has 1 features: the batches before had 2.*");
        Refuses(SparseData.From([[1, 0]], [1]), "The batch is sparse: the batches before were dense.*");
        OnlineReport skipped = trainer.Learn(Dataset.From([[1e200, 1e200]], [1e200]));

        (skipped.IsSkipped, skipped.SkippedBatches, skipped.Batches, skipped.Samples).Should().Be((true, 1, 1, 2));
        model.Parameters.Should().Equal(parameters);
        trainer.Learn(Dataset.From([[1.0, 2], [2, 1]], [1.0, 2])).IsSkipped.Should().BeFalse();

        void Refuses(Dataset batch, string message) =>
            ((Action)(() => trainer.Learn(batch))).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void OptimizersAndOptionsThatNeedAllSamples_AreRefusedByName()
    {
        foreach (IOptimizer optimizer in new IOptimizer[] { new LBFGS(), new SAGA(), new SVRG() })
        {
            ((Action)(() => _ = new OnlineTrainer(new LinearRegression(), optimizer))).Should().Throw<ArgumentException>()
                .WithMessage($"The optimizer is {optimizer.GetType().Name}, which needs all samples*");
        }

        OnlineOptions penalized = new() { Scaling = FeatureScaling.Standardize, Penalty = new L1Penalty(1) };
        ((Action)(() => _ = new OnlineTrainer(new LinearRegression(), options: penalized)))
            .Should().Throw<ArgumentException>().WithMessage("Scaling is Standardize and Penalty is L1Penalty(1)*");
        ((Action)(() => _ = new OnlineOptions { Scaling = FeatureScaling.Decorrelate })).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => new OnlineTrainer(new LinearRegression(), options: new() { Schedule = new CosineDecay(Horizon.Fraction(1)) })
            .Learn(Dataset.From([1.0], [1.0])))).Should().Throw<InvalidOperationException>().WithMessage("*needs a run of known length*");
    }

    [Fact]
    public async Task LearnAsync_StoresWhatWasLearned_WhenItIsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        LinearRegression model = new();
        var trainer = new OnlineTrainer(model, new SGD(0.1), options: new() { StoresEachBatch = false });

        Func<Task> learn = () => trainer.LearnAsync(
            Endless(), report => { if (report.Batches == 3) cancellation.Cancel(); }, cancellation.Token);

        await learn.Should().ThrowAsync<OperationCanceledException>();
        trainer.Batches.Should().Be(3);
        model.IsFitted.Should().BeTrue();

        static async IAsyncEnumerable<Dataset> Endless()
        {
            while (true)
            {
                await Task.Yield();
                yield return Dataset.From([1.0, 2], [1.0, 2]);
            }
        }
    }

    [Fact]
    public void SeveralOutputsAndPenalties_WorkAsInATrainer()
    {
        Dataset data = Classes(sparse: false, classes: 3);
        SoftmaxRegression expected = new(3), actual = new(3);
        var options = new TrainingOptions { MaxEpochs = 1, Batching = Batching.Mini(BatchSize), Order = SampleOrder.Sequential };
        TrainingRun run = new Trainer(new SGD(0.1), options)
            .CreateRun(expected, data, options: new() { Scaling = FeatureScaling.None, Penalty = new L2Penalty(0.1) });
        var online = new OnlineTrainer(actual, new SGD(0.1), options: new() { Penalty = new L2Penalty(0.1) });

        foreach (Dataset batch in Batches(data))
        {
            run.Advance();
            online.Learn(batch);
        }

        actual.Parameters.Should().Equal(run.Parameters);
    }

    private static IOptimizer Optimizer(string name) => name switch
    {
        "SGD" => new SGD(0.3),
        "Adam" => new Adam(0.05),
        "AdaGrad" => new AdaGrad(0.2),
        "FTRL" => new FTRL(0.3, l1Strength: 0.2),
        "NAG" => new NormalizedAdaptiveGradient(),
        _ => new AveragedSGD(0.2),
    };

    private static Dataset Classes(bool sparse, int classes = 2)
    {
        var random = new Random(5);
        double[][] rows = [.. Enumerable.Range(0, Samples).Select(_ => Enumerable.Range(0, 6)
            .Select(_ => random.Next(2) == 0 ? 0 : random.NextDouble() - 0.3).ToArray())];
        double[] targets = [.. rows.Select((row, i) => (double)((row[0] + row[1] > 0.2 ? 1 : 0) + (i % 7 == 0 ? classes - 2 : 0)))];
        return sparse ? SparseData.From(rows, targets) : Dataset.From(rows, targets);
    }

    private static IEnumerable<Dataset> Batches(Dataset data) => Enumerable.Range(0, data.SampleCount / BatchSize)
        .Select(b => data.Select([.. Enumerable.Range(b * BatchSize, BatchSize)]));

    private sealed class Stopped : ISchedule
    {
        public double FactorAt(TrainingClock clock) => 0;
    }
}

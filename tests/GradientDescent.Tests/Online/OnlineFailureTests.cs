using GradientDescent.Tests.Contracts;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Online;

/// <summary>What a stream does with batches that fail or overflow, and with optimizers whose state has parameters.</summary>
public sealed class OnlineFailureTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.checkpoint");

    private static readonly Dictionary<string, Func<IOptimizer>> _wrappers = new()
    {
        ["mean"] = () => new AveragedOptimizer(new SGD(0.01)),
        ["exponential mean"] = () => new AveragedOptimizer(new SGD(0.01), WeightAveraging.Exponential(0.9)),
        ["AveragedSGD"] = () => new AveragedSGD(0.01),
        ["Lookahead"] = () => new Lookahead(new SGD(0.01)),
        ["Lookahead in Cautious"] = () => new Cautious(new Lookahead(new SGD(0.01))),
        ["Groups with a mean"] = () => new ParameterGroups(new SGD(0.01)).Use("*", new AveragedOptimizer(new SGD(0.01))),
        ["Cautious"] = () => new Cautious(new Adam(0.01)),
    };

    // AdamW moves parameters without a gradient: towards 0.
    public static TheoryData<string> Optimizers =>
        [.. AllOptimizers.ByName.Keys.Concat(_wrappers.Keys).Where(name => !name.StartsWith("AdamW", StringComparison.Ordinal))];

    public void Dispose() => File.Delete(_file);

    // A gradient of 0 moves nothing, so the model must stay y = 2·x₁ + 30·x₂ + 1 however the scales change.
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ChangeOfTheScales_DoesNotChangeTheModel_WithAnyOptimizer(string name)
    {
        IOptimizer optimizer = AllOptimizers.ByName.TryGetValue(name, out Func<Optimizer>? known) ? known() : _wrappers[name]();
        var model = new LinearRegression();
        var trainer = new OnlineTrainer(model, optimizer, new Constant(), new OnlineOptions { Start = [2, 30, 1] });
        var random = new Random(3);
        for (int scale = 1; scale < 300; scale += 13)
        {
            double[][] rows = [.. Enumerable.Range(0, 5).Select(_ => new[] { 100 + scale * random.NextDouble(), random.NextDouble() })];
            trainer.Learn(Dataset.From(rows, new double[5]));
        }

        // 23 conversions there and back; the intercept is a difference of numbers up to about 1000.
        model.Parameters.ShouldBeWithin([2, 30, 1], 0, 1e-10);
    }

    [Fact]
    public void WithoutAnIntercept_FeaturesAreNotCentred()
    {
        var model = new LinearRegression(intercept: false);
        var trainer = new OnlineTrainer(model, new SGD(1e-9), options: new() { Start = [2, 0] });
        foreach (double offset in new[] { 10, 20, 70 })
        {
            double[][] rows = [[offset, 1], [offset + 1, 5], [offset + 2, 1]];
            OnlineReport report = trainer.Learn(Dataset.From(rows, [.. rows.Select(row => 2 * row[0])]));
            report.BatchLoss.Should().BeApproximately(0, 1e-24, "y = 2·x₁ is exact");
        }

        // The root of the mean square of 3, 4, 12, 0 with the weights 1, 1, 2, 0, and that of a constant.
        RunningScale scale = new(2, centered: false);
        scale.Add(Dataset.From([[3, -7], [4, -7], [12, -7], [0, -7]], [0, 0, 0, 0], [1, 1, 2, 0]));
        scale.Centers.Should().Equal(0, 0);
        scale.Scales.Should().Equal(Math.Sqrt((9 + 16 + 2 * 144) / 4.0), 7);
    }

    [Theory]
    [InlineData(1.0, 1e200)]     // the loss overflows
    [InlineData(1e200, 1.0)]     // the squares of a feature overflow
    [InlineData(1.7e308, 1.0)]   // so does the difference of two features
    public void BatchThatIsLeftOut_ChangesNeitherScalesNorParameters(double feature, double target)
    {
        Run(withBadBatch: true).Should().Equal(Run(withBadBatch: false));

        double[] Run(bool withBadBatch)
        {
            var model = new LinearRegression();
            var trainer = new OnlineTrainer(model, new Momentum(0.1));
            trainer.Learn(Dataset.From([[1.0, 2], [2, 5]], [1, 3]));
            if (withBadBatch)
            {
                OnlineReport report = trainer.Learn(Dataset.From([[feature, 5], [-feature, 7]], [target, -target]));
                (report.IsSkipped, report.SkippedBatches, report.Batches, report.Samples).Should().Be((true, 1, 1, 2));
                trainer.Save(_file);
                trainer = new OnlineTrainer(model = new LinearRegression(), new Momentum(0.1));
                trainer.Resume(_file);
            }

            trainer.Learn(Dataset.From([[3.0, 2], [2, 6]], [4, 3])).SkippedBatches.Should().Be(withBadBatch ? 1 : 0);
            return [.. model.Parameters];
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task StepThatOverflows_LeavesTheParametersBeforeIt_AndResetGoesOn(bool sparse, bool averages)
    {
        var model = new LinearRegression();
        IOptimizer optimizer = averages ? new AveragedSGD(1e200) : new SGD(1e200);
        OnlineOptions options = new() { Scaling = FeatureScaling.None, StoresEachBatch = false, Start = [1, 0, 0] };
        var trainer = new OnlineTrainer(model, optimizer, options: options);
        Dataset exact = Batch(1), bad = Batch(1e120);

        Func<Task> learn = () => trainer.LearnAsync(Arriving());
        await learn.Should().ThrowAsync<InvalidOperationException>().WithMessage("The parameters are not finite after this batch*Reset()*");

        model.Parameters.Should().Equal(1, 0, 0);
        foreach (Action use in new Action[] { () => trainer.Learn(exact), () => trainer.Save(_file) })
            use.Should().Throw<InvalidOperationException>().WithMessage("The last batch failed in the middle of its step*");
        trainer.Reset();
        trainer.Learn(exact).BatchLoss.Should().Be(0);
        trainer.Batches.Should().Be(1);

        async IAsyncEnumerable<Dataset> Arriving()
        {
            await Task.Yield();
            yield return exact;
            yield return bad;
        }

        Dataset Batch(double target)
        {
            double[][] rows = [[target, 0], [0, 0]];
            double[] targets = [target == 1 ? 1 : -target, 0];
            return sparse ? SparseData.From(rows, targets) : Dataset.From(rows, targets);
        }
    }

    [Fact]
    public void ExceptionOfALoss_LosesNothingThatWasLearned()
    {
        var model = new LinearRegression();
        var loss = new Constant();
        var trainer = new OnlineTrainer(model, new SGD(0.1), loss, new OnlineOptions { Start = [2, 30, 1] });
        trainer.Learn(Dataset.From([[1.0, 2], [2, 5]], [1, 3]));
        loss.Throws = true;

        Action learn = () => trainer.Learn(Dataset.From([[100.0, 2], [2, 500]], [1, 3]));
        learn.Should().Throw<TimeoutException>();

        loss.Throws = false;
        trainer.Reset();
        trainer.Store();
        model.Parameters.ShouldBeWithin([2, 30, 1], 0, 1e-13);
        learn.Should().NotThrow();
    }

    [Fact]
    public void OptionsThatDoNotFitAStream_AreRefusedByName()
    {
        OnlineOptions scaled = new() { Scaling = FeatureScaling.Standardize };
        ((Action)(() => _ = new OnlineTrainer(new LinearRegression(), new AveragedSGD(), options: scaled)))
            .Should().Throw<ArgumentException>().WithMessage("Scaling is Standardize: AveragedSGD keeps parameters of earlier steps*");
        var frozen = new OnlineTrainer(new LinearRegression(), new ParameterGroups(new SGD()).Freeze("*"), options: scaled);
        ((Action)(() => frozen.Learn(Dataset.From([1.0], [1.0])))).Should().Throw<ArgumentException>().WithMessage("*frozen parameters*");
        var sparse = new OnlineTrainer(new LinearRegression(), new SGD(), options: scaled);
        ((Action)(() => sparse.Learn(SparseData.From([[1, 0]], [1])))).Should().Throw<ArgumentException>()
            .WithMessage("Scaling is Standardize: sparse features are not centred; use None.*").WithParameterName("Scaling");
        OnlineOptions plateau = new() { Schedule = new ReduceOnPlateau() };
        ((Action)(() => _ = new OnlineTrainer(new LinearRegression(), new SGD(), options: plateau)))
            .Should().Throw<ArgumentException>().WithMessage("Schedule is ReduceOnPlateau*have no epochs*");
    }

    /// <summary>A loss with the gradient 0.</summary>
    private sealed class Constant : ILoss
    {
        public bool Throws { get; set; }

        public double Evaluate(
            ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
        {
            derivatives.Clear();
            return Throws ? throw new TimeoutException() : 0;
        }
    }
}

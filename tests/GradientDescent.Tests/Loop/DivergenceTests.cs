namespace GradientDescent.Tests;

/// <summary>What a run says and does when its numbers run away.</summary>
public class DivergenceTests
{
    // f = x²/2 at rate 3: x ← −2x, and the loss grows fourfold with each update.
    private static readonly IObjective _bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);

    private static readonly Dataset _twoScales = Dataset.From(
        [.. Enumerable.Range(0, 50).Select(i => (double[])[i % 7, 1000.0 * (i % 5)])],
            [.. Enumerable.Range(0, 50).Select(i => i % 7 + 2.0 * (i % 5))]);

    [Fact]
    public void MaxLossGrowth_EndsTheRunAtTheFirstLossAboveIt()
    {
        // Losses 1/2, 2, 8, 32: the first above 10 × 1/2 is 8, after two updates.
        TrainingResult result = new Trainer(new BatchGD(3), new() { MaxLossGrowth = 10 }).Minimize(_bowl, [1.0]);

        result.Stop.Should().Be(StopDetails.Limit(StopReason.Diverged, "loss", 8, 5));
        result.Steps.Should().Be(2);
        result.Parameters.Should().Equal(1);
        result.Stop.ToString().Should().Be("loss 8 > 5");
    }

    [Fact]
    public void Diagnosis_OfALinearFit_NamesCoordinateBatchRateAndScales()
    {
        var options = new TrainingOptions();
        var fitOptions = new FitOptions { Scaling = FeatureScaling.None };

        TrainingResult result = new Trainer(new MiniBatchSGD(0.01, 8), options)
            .Fit(new LinearRegression(), _twoScales, options: fitOptions);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Diagnosis.Should().StartWith($"Diverged after {result.Steps} steps, {result.Epochs} epochs: ").And.Contain("rate was 0.01")
            .And.MatchRegex(@"batch \d of epoch \d+, rows \d+, ").And.Contain("scales differ by a factor of ");
    }

    [Fact]
    public void Diagnosis_OfALinearFit_StatesTheLargestStableRate()
    {
        // One feature ±1 without an intercept: f = (w − 1)², so its curvature is 2 and descent is stable below 2/2 = 1.
        var options = new TrainingOptions();
        var fitOptions = new FitOptions { Scaling = FeatureScaling.None };
        var model = new LinearRegression(intercept: false);

        TrainingResult result = new Trainer(new BatchGD(1.5), options).Fit(model, Dataset.From([1.0, -1], [1.0, -1]), options: fitOptions);

        result.Diagnosis.Should().Contain("stable at rates below about 1,");
    }

    [Fact]
    public void Recovery_GoesBackLowersTheRateAndConverges()
    {
        var options = new TrainingOptions { MaxLossGrowth = 10, Recovery = new(maxAttempts: 3, rateFactor: 0.5) };

        TrainingResult result = new Trainer(new BatchGD(3), options).Minimize(_bowl, [1.0]);

        // At half the rate, 1.5, x ← −x/2 from the start on.
        result.Reason.Should().Be(StopReason.Converged);
        result.Recoveries.Should().ContainSingle().Which.Should()
            .Be(new RecoveryRecord
            {
                Step = 2,
                Divergence = StopDetails.Limit(StopReason.Diverged, "loss", 8, 5),
                ReturnedTo = 0,
                RateFactor = 0.5
            });
    }

    [Fact]
    public void Recovery_RestoresTheOptimizersStateToo()
    {
        // Without the old velocity, a run of Momentum that went back to its start is the run at the lower rate.
        var options = new TrainingOptions { MaxLossGrowth = 10, GradientTolerance = 1e-9, Recovery = new(rateFactor: 0.25) };

        TrainingResult recovered = new Trainer(new Momentum(4), options).Minimize(_bowl, [1.0]);
        TrainingResult direct = new Trainer(new Momentum(1), new() { GradientTolerance = 1e-9 }).Minimize(_bowl, [1.0]);

        recovered.Recoveries.Should().ContainSingle();
        recovered.Parameters.Should().Equal(direct.Parameters);
        recovered.Steps.Should().Be(direct.Steps + recovered.Recoveries[0].Step);
    }

    [Fact]
    public void Recovery_AfterItsLastAttempt_EndsAsDiverged()
    {
        IObjective never = Objective.From(p => p[0] == 0 ? 1 : double.NaN, (p, g) => g[0] = 1);

        TrainingResult result = new Trainer(new BatchGD(), new() { Recovery = new(maxAttempts: 4) }).Minimize(never, [0.0]);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Recoveries.Should().HaveCount(4);
        result.Recoveries[^1].RateFactor.Should().BeApproximately(1e-4, 1e-18);
        result.Parameters.Should().Equal(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Recovery_WithMiniBatches_IsDeterministicAndEndsBelowTheStart(int batchSize)
    {
        var options = new TrainingOptions { MaxEpochs = 60, Batching = Batching.Mini(batchSize), Recovery = new(maxAttempts: 10) };

        TrainingResult first = new Trainer(new SGD(100), options).Fit(new LinearRegression(), _twoScales);
        TrainingResult second = new Trainer(new SGD(100), options).Fit(new LinearRegression(), _twoScales);

        first.Reason.Should().Be(StopReason.MaxEpochs);
        first.Recoveries.Should().NotBeEmpty().And.Equal(second.Recoveries);
        first.Parameters.Should().Equal(second.Parameters);
        first.Loss.Should().BeLessThan(first.History[0].Loss);
    }

    [Fact]
    public void Recovery_StartsTheEpochsSumAfresh()
    {
        // The rate explodes once, in the middle of an epoch: what the epoch summed before is forgotten, so no epoch shows it.
        var options = new TrainingOptions
        {
            MaxEpochs = 20,
            Batching = Batching.Mini(5),
            Schedule = new Burst(from: 33, to: 34, factor: 1e200),
            Recovery = new(),
            MaxLossGrowth = 1e3
        };

        TrainingResult result = new Trainer(new MiniBatchSGD(0.05), options).Fit(new LinearRegression(), _twoScales);

        result.Recoveries.Should().ContainSingle();
        result.History.Should().OnlyContain(epoch => epoch.Loss <= 10 * result.History[0].Loss);
    }

    [Fact]
    public void Recovery_StartsTheMeanAfresh()
    {
        var options = new TrainingOptions
        {
            MaxEpochs = 20,
            Batching = Batching.Mini(5),
            Schedule = new Burst(from: 33, to: 34, factor: 1e200),
            Recovery = new()
        };
        TrainingRun run = new Trainer(new AveragedOptimizer(new MiniBatchSGD(0.05), WeightAveraging.Exponential(0.5)), options)
            .CreateRun(new LinearRegression(), _twoScales);

        TrainingResult result = run.Complete();

        // Half a mean with parameters around 1e300 would be seen for a thousand updates.
        run.Parameters.Should().Equal(result.LastFiniteParameters, (mean, last) => Math.Abs(mean - last) < 1);
    }

    [Fact]
    public void Averaging_OfARunThatExplodes_DoesNotLoseTheBest()
    {
        var options = new TrainingOptions { MaxEpochs = 100, Batching = Batching.Mini(5), Schedule = new Burst(from: 500, to: 1000) };

        TrainingResult result = new Trainer(new AveragedOptimizer(new MiniBatchSGD(0.05)), options).Fit(new LinearRegression(), _twoScales);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Loss.Should().BeLessThan(0.1 * result.History[0].Loss);
    }

    [Fact]
    public void Recovery_WhereNothingCanChange_GivesUpAtOnce()
    {
        IObjective never = Objective.From(p => double.NaN, (p, g) => g[0] = 1);

        new Trainer(new BatchGD(), new() { Recovery = new(maxAttempts: 1000) }).Minimize(never, [0.0]).Recoveries.Should().ContainSingle();
    }

    [Fact]
    public void MaxLossGrowth_WhenMaximising_SaysWhatWasCompared()
    {
        // −x²/2 uphill at rate 3: −1/2, −2, −8.
        TrainingResult result = new Trainer(new BatchGD(3), new() { MaxLossGrowth = 10 })
            .Maximize(Objective.From(p => -p[0] * p[0] / 2, (p, g) => g[0] = -p[0]), [1.0]);

        result.Stop.ToString().Should().Be("loss -8 < -5");
    }

    [Fact]
    public void Diagnosis_OfAParameter_NamesItsFeature()
    {
        Dataset data = Dataset.From([[1, 2], [2, 5], [3, 1]], [1, 2, 3], featureNames: ["age", "income"]);
        var options = new TrainingOptions { Schedule = new Burst(from: 0, to: 1, factor: 1e308) };
        var fitOptions = new FitOptions { Scaling = FeatureScaling.None };

        TrainingResult result = new Trainer(new BatchGD(1), options).Fit(new LinearRegression(), data, options: fitOptions);

        result.Diagnosis.Should().Contain("parameter 0 is ").And.Contain("It belongs to feature 'age'.");
    }

    [Fact]
    public void AFit_WhoseResultOverflowsInTheUsersUnits_ReturnsTheStart()
    {
        // Weights of about 1e308·1e10 are finite for standardised data only.
        TrainingResult result = new Trainer(new BatchGD(0.5))
            .Fit(new LinearRegression(), Dataset.From([1e-10, 2e-10, 3e-10], [1e303, 2e303, 3e303]));

        result.Reason.Should().Be(StopReason.Diverged);
        result.Parameters.Should().OnlyContain(p => double.IsFinite(p));
        result.LastFiniteParameters.Should().OnlyContain(p => double.IsFinite(p));
        result.Diagnosis.Should().Contain("other units");
    }

    /// <summary>1, and in some updates so much more that a run explodes.</summary>
    private sealed class Burst(long from, long to, double factor = 1e6) : ISchedule
    {
        public double FactorAt(TrainingClock clock) => clock.Step >= from && clock.Step < to ? factor : 1;
    }
}

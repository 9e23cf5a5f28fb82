using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Tests.Contracts;

namespace GradientDescent.Tests;

/// <summary>Each way for a run to end: at the right update, with numbers that can be computed again.</summary>
public class StoppingTests
{
    private static readonly Dataset _line = Dataset.From(
        [.. Enumerable.Range(0, 100).Select(i => i / 10.0)], [.. Enumerable.Range(0, 100).Select(i => 3 * (i / 10.0) + 1 + i % 2)]);

    // f = x²/2 from 1 at rate 1/2: x halves with each update, so do the gradient x and the change of x; the loss falls to a quarter.
    private static readonly IObjective _bowl = Objective.From(p => p[0] * p[0] / 2, (p, g) => g[0] = p[0]);

    private static TrainingResult Halving(TrainingOptions options) =>
        new Trainer(new BatchGD(0.5), options with { GradientTolerance = options.GradientTolerance ?? 0 }).Minimize(_bowl, [1.0]);

    [Fact]
    public void RelativeGradientTolerance_IsAShareOfTheFirstNorm()
    {
        // The norms are 1, 1/2, 1/4, 1/8, …: an eighth of the first is met exactly after three updates.
        TrainingResult result = Halving(new() { RelativeGradientTolerance = 0.125 });

        result.Stop.Should().Be(StopDetails.Limit(StopReason.Converged, "gradient norm", 0.125, 0.125));
        result.Steps.Should().Be(3);
    }

    [Fact]
    public void RelativeGradientTolerance_Alone_ReplacesTheDefaultTolerance()
    {
        // The first norm is 1e-9, which the default eps of 1e-6 would accept at once.
        TrainingResult result = new Trainer(new BatchGD(0.5), new() { RelativeGradientTolerance = 0.5 }).Minimize(_bowl, [1e-9]);

        result.Steps.Should().Be(1);
    }

    [Fact]
    public void ParameterTolerance_ComparesTheChangeOfAnEpochWithTheParameters()
    {
        // x halves, so the change is as large as what is left: exactly 1 times the parameters from the first update on.
        TrainingResult result = Halving(new() { ParameterTolerance = 1 });

        result.Stop.Should().Be(StopDetails.Limit(StopReason.ParametersSettled, "change of the parameters", 0.5, 0.5));
        result.Steps.Should().Be(1);
        Halving(new() { ParameterTolerance = 0.999, MaxSteps = 20 }).Reason.Should().Be(StopReason.MaxSteps);
    }

    [Fact]
    public void LossTolerance_ComparesAcrossTheWindow()
    {
        // Losses 1/2, 1/8, 1/32, …: over two epochs the change is 15/16 of the larger.
        TrainingResult result = Halving(new() { LossTolerance = 15 / 16.0, LossWindow = 2 });

        result.Stop.Should().Be(StopDetails.Limit(StopReason.LossSettled, "change of the loss", 15 / 32.0, 15 / 32.0));
        result.Steps.Should().Be(2);
        Halving(new() { LossTolerance = 0.93, LossWindow = 2, MaxSteps = 20 }).Reason.Should().Be(StopReason.MaxSteps);
    }

    [Fact]
    public void TargetLoss_OfAMaximum_IsReachedFromBelow()
    {
        IObjective hill = Objective.From(p => 3 - p[0] * p[0] / 2, (p, g) => g[0] = -p[0]);

        TrainingResult result = new Trainer(new BatchGD(0.5), new() { TargetLoss = 2.9 }).Maximize(hill, [1.0]);

        // 3 − 1/2, 3 − 1/8, 3 − 1/32 = 2.96875.
        result.Stop.Should().Be(StopDetails.Limit(StopReason.TargetReached, "loss", 2.96875, 2.9));
        result.Stop.ToString().Should().Be("loss 2.96875 ≥ 2.9");
        result.Loss.Should().Be(2.96875);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void TargetLoss_OfAFit_HoldsInTheUsersUnitsAtTheReturnedParameters(int batchSize)
    {
        var model = new LinearRegression();
        var options = new TrainingOptions { TargetLoss = 0.5, Batching = Batching.Mini(batchSize) };

        TrainingResult result = new Trainer(new SGD(0.01), options).Fit(model, _line);

        result.Reason.Should().Be(StopReason.TargetReached);
        model.Evaluate(_line).MeanSquaredError.Should().BeLessThanOrEqualTo(0.5);
        // the variance of the targets is what rounding errors are relative to
        result.Stop.Measured.Should().BeApproximately(result.Loss, 1e-12 * 75);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(250, 63)] // batches of 4
    public void MaxSamples_EndsAtTheFirstUpdateThatReachesThem(long samples, long steps)
    {
        TrainingResult result = new Trainer(new MiniBatchSGD(0.01, 4), new() { MaxSamples = samples }).Fit(new LinearRegression(), _line);

        result.Reason.Should().Be(StopReason.MaxSamples);
        result.Steps.Should().Be(steps);
        result.Samples.Should().Be(4 * steps);
    }

    [Fact]
    public void MaxSamples_GivesSchedulesTheirLength()
    {
        // 100 samples in batches of 30: 4 updates an epoch; 250 samples are 2 epochs and 2 updates.
        var schedule = new CosineDecay(Horizon.Fraction(1));
        var options = new TrainingOptions { MaxSamples = 250, Batching = Batching.Mini(30), Schedule = schedule };

        TrainingReport[] reports = [.. new Trainer(new MiniBatchSGD(0.01), options).CreateRun(new LinearRegression(), _line).RunSteps()];

        reports[^1].Should().Match<TrainingReport>(r => r.Step == 10 && r.PlannedSteps == 10 && r.Samples == 260);
    }

    [Fact]
    public void EarlyStopping_OnALossThatIsNeverANumber_StillEnds()
    {
        // Weights that fit the training data overflow on this sample.
        Dataset far = Dataset.From([double.MaxValue], [0.0]);

        TrainingResult result = new Trainer(new Adam(), new() { EarlyStopping = new(3), Batching = Batching.Mini(10) })
            .Fit(new LinearRegression(), _line, options: new() { Validation = Validation.From(far) });

        result.Reason.Should().Be(StopReason.NoImprovement);
        result.Epochs.Should().Be(4);
    }

    [Fact]
    public void MaxTime_IsTheOnlyLimitThen()
    {
        IObjective endless = Objective.From(p => -p[0], (p, g) => g[0] = -1);

        TrainingResult result = new Trainer(new BatchGD(), new() { MaxTime = TimeSpan.FromMilliseconds(50) }).Minimize(endless, [0.0]);

        result.Reason.Should().Be(StopReason.MaxTime);
        result.Elapsed.Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(50));
        result.Steps.Should().BeGreaterThan(0);
    }

    [Fact]
    public void EarlyStopping_CountsEpochsSinceTheLowestLoss()
    {
        // The gradient's sign is wrong, so the loss only grows: its first value stays the lowest.
        IObjective rising = Objective.From(p => p[0], (p, g) => g[0] = -1);

        TrainingResult result = new Trainer(new BatchGD(1), new() { EarlyStopping = new(patience: 4) }).Minimize(rising, [0.0]);

        result.Stop.Should().Be(StopDetails.Limit(StopReason.NoImprovement, "steps without a lower loss", 4, 4));
        result.Steps.Should().Be(4);
        result.Parameters.Should().Equal(0);
    }

    [Fact]
    public void EarlyStopping_AnImprovementThatIsTooSmall_DoesNotCount()
    {
        // Losses 1/2, 1/8, 1/32, …: the last fall by more than 1/20 is the one to 1/32, as 1/8 − 1/32 = 3/32; the next is 3/128.
        TrainingResult result = Halving(new() { EarlyStopping = new(patience: 3, minImprovement: 0.05) });

        result.Reason.Should().Be(StopReason.NoImprovement);
        result.Steps.Should().Be(5);
    }

    [Fact]
    public void NotFinite_ComesBeforeEveryTolerance()
    {
        IObjective pit = Objective.From(p => double.NegativeInfinity, (p, g) => g[0] = 0);
        var options = new TrainingOptions
        {
            GradientTolerance = 1,
            TargetLoss = 0,
            LossTolerance = 1,
            ParameterTolerance = 1,
            MaxSteps = 0,
            EarlyStopping = new(1)
        };

        new Trainer(new BatchGD(), options).Minimize(pit, [1.0]).Reason.Should().Be(StopReason.Diverged);
    }

    public static TheoryData<string> Names => [.. AllOptimizers.ByName.Keys];

    /// <summary>Whatever the rate, a run ends, and what it says is so.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void AnyRate_EndsInATrueReason(string name)
    {
        Gen<(double Rate, bool Full)> settings = from exponent in Gen.Choose(-60, 60)
                                                 from full in Gen.Elements(true, false)
                                                 select (Math.Pow(10, exponent / 10.0), full);
        Prop.ForAll(settings.ToArbitrary(), setting =>
        {
            Optimizer optimizer = AllOptimizers.ByName[name]();
            var options = new TrainingOptions
            {
                MaxEpochs = 40,
                GradientTolerance = 1e-4,
                Schedule = new ConstantSchedule(setting.Rate / optimizer.LearningRate),
                Batching = setting.Full || optimizer.Batching.IsFull ? Batching.Full : Batching.Mini(16),
            };
            TrainingResult result = new Trainer(optimizer, options).Fit(new LinearRegression(), _line);

            result.Parameters.Should().OnlyContain(p => double.IsFinite(p));
            switch (result.Reason)
            {
                case StopReason.Converged:
                    double[] gradient = new double[2];
                    result.Objective.Evaluate(result.StoppedAt.AsSpan(), gradient);
                    Math.Sqrt(gradient.Sum(g => g * g)).Should().BeLessThanOrEqualTo(1e-4 * (1 + 1e-12)); // another order of additions
                    break;
                case StopReason.MaxEpochs:
                    result.Epochs.Should().Be(40);
                    break;
                default:
                    result.Reason.Should().Be(StopReason.Diverged);
                    (double.IsFinite(result.Stop.Measured) && result.Stop.Measured < 1e10 * result.History[0].Loss).Should().BeFalse();
                    result.Diagnosis.Should().NotBeNullOrEmpty();
                    break;
            }

            // nothing worse than the start, whose loss is the variance of the targets
            result.Loss.Should().BeLessThanOrEqualTo(75.3925 * (1 + 1e-12));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithReplay(1, 1));
    }

    [Fact]
    public void Cancellation_FromAnotherThreadAtAnyMoment_LeavesAValidResult()
    {
        var random = new Random(1);
        for (int i = 0; i < 20; i++)
        {
            using var source = new CancellationTokenSource();
            var model = new LinearRegression();
            source.CancelAfter(TimeSpan.FromMilliseconds(20 * random.NextDouble()));

            TrainingResult result = new Trainer(new SGD(0.001), new() { MaxEpochs = long.MaxValue })
                .Fit(model, _line, cancellationToken: source.Token);

            result.Reason.Should().Be(StopReason.Cancelled);
            result.Loss.Should().Be(model.Evaluate(_line).MeanSquaredError).And.BeLessThanOrEqualTo(75.3925 * (1 + 1e-12));
        }
    }
}

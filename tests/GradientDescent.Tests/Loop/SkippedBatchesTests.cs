using GradientDescent.Tests.Support;

namespace GradientDescent.Tests;

/// <summary>Mini-batches whose loss or gradient is not finite are left out, counted and reported.</summary>
public sealed class SkippedBatchesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static readonly TrainingOptions _inOrder = new() { MaxEpochs = 2, Order = SampleOrder.Sequential };

    [Fact]
    public void Minimize_WithABatchThatIsNotFinite_GoesOnWithTheNext()
    {
        // f = mean of (x − pᵢ)²/2 at rate 1/2: each step goes half of the way to its point. From 0: 1/2; skipped; 7/4. Then 11/8; 35/16.
        var objective = new HalfSquares([1, double.NaN, 3]);

        TrainingResult result = new Trainer(new SGD(0.5), _inOrder with { MaxSkippedBatches = 1 }).Minimize(objective, [0]);

        result.Reason.Should().Be(StopReason.MaxEpochs);
        (result.Steps, result.SkippedBatches, result.OptimizerState.StepCount).Should().Be((6, 2, 4));
        result.Parameters.Should().Equal(35 / 16.0);
        result.History.Select(record => record.Loss).Should().Equal((1 / 8.0 * 4 + 25 / 8.0) / 2, (9 / 32.0 + 169 / 128.0) / 2);
        result.Note.Should().Contain("2 steps of batches were left out, because the loss or the gradient was not finite: first at " +
            "batch 1 of epoch 0, row 1.");
    }

    [Fact]
    public void Minimize_WithMoreInARowThanAllowed_Diverges()
    {
        var objective = new HalfSquares([1, double.NaN, 3, double.NaN, double.NaN, 2]);

        TrainingResult result = new Trainer(new SGD(0.5), _inOrder with { MaxSkippedBatches = 1 }).Minimize(objective, [0]);

        (result.Reason, result.Steps, result.SkippedBatches).Should().Be((StopReason.Diverged, 4, 2));
        result.Diagnosis.Should().Contain("batch 4 of epoch 0, row 4");
    }

    [Fact]
    public void Minimize_UnlessAsked_Diverges() =>
        new Trainer(new SGD(0.5), _inOrder).Minimize(new HalfSquares([1, double.NaN, 3]), [0]).Reason.Should().Be(StopReason.Diverged);

    [Fact]
    public void Fit_OfALinearModel_SkipsTheRowWhoseSquareOverflows()
    {
        double[] features = [1, 2, 1e200, -1, 0.5], targets = [2, 3, 1, 0, 1];
        Dataset data = Dataset.From(features, targets);
        TrainingOptions options = _inOrder with { MaxSkippedBatches = 3, MaxEpochs = 40 };

        TrainingResult result = new Trainer(new SGD(0.1), options)
            .Fit(new LinearRegression(), data, options: new FitOptions { Scaling = FeatureScaling.None });

        (double slope, double intercept) = (0, 0);
        for (int step = 0; step < 200; step++)
        {
            int i = step % 5;
            if (i == 2)
                continue;
            double residual = slope * features[i] + intercept - targets[i];
            slope -= 0.1 * 2 * residual * features[i];
            intercept -= 0.1 * 2 * residual;
        }

        result.SkippedBatches.Should().Be(40);
        result.StoppedAt.Should().Equal([slope, intercept], (a, e) => Math.Abs(a - e) <= 200 * 8 * 1.2e-16 * Math.Abs(e));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)] // in the middle of a row of skipped batches
    [InlineData(7)]
    public void Resume_AfterAnyStep_HasTheSameBitsAndCounts(int pause)
    {
        var objective = new HalfSquares([1, double.NaN, 3, double.NaN, double.NaN, 2]);
        TrainingOptions options = _inOrder with
        {
            MaxSkippedBatches = 2,
            MaxEpochs = 3,
            Batching = Batching.Mini(1),
            CheckpointFile = Path.Combine(_folder, "run"),
        };
        TrainingResult whole = new Trainer(new Adam(0.5), options with { CheckpointFile = null }).Minimize(objective, [0]);

        TrainingRun run = new Trainer(new Adam(0.5), options).CreateRun(objective, [0]);
        for (int step = 0; step < pause; step++)
            run.Advance();
        run.Pause().Note.Should().NotContain("could not be written");
        TrainingResult resumed = new Trainer(new Adam(0.5), options with { ResumeFrom = options.CheckpointFile }).Minimize(objective, [0]);

        resumed.Parameters.Should().Equal(whole.Parameters);
        (resumed.SkippedBatches, resumed.Note).Should().Be((9, whole.Note));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Trainer_WithFullBatches_RefusesIt() =>
        FluentActions.Invoking(() => new Trainer(new BatchGD(0.1), new() { MaxSkippedBatches = 1 })).Should().Throw<ArgumentException>()
            .WithMessage("MaxSkippedBatches is 1: with full batches there is no other batch to go on with; *");

    [Fact]
    public void Trainer_ForAFunctionWithoutSamples_RefusesIt() =>
        FluentActions.Invoking(() => new Trainer(new Adam(), new() { MaxSkippedBatches = 1 }).Minimize(Objective.From(p => p[0]), [0]))
            .Should().Throw<ArgumentException>().WithMessage("MaxSkippedBatches is set: *");
}

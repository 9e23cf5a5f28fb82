namespace GradientDescent.Tests.Runs;

/// <summary>What a record takes from fits and results.</summary>
public class RunRecordTests
{
    // y = 2x + 1 without noise: the line fits exactly.
    private static readonly Dataset _line = Dataset.From([1.0, 2, 3, 4], [3.0, 5, 7, 9]);

    [Fact]
    public void From_AFit_TakesModelDataAndMetrics()
    {
        var run = RunRecord.From(LinearRegression.Fit(_line), _line, validation: Dataset.From([0.0, 1], [2.0, 4]));

        run.Should().BeEquivalentTo(new
        {
            Model = "LinearRegression",
            Target = "y",
            SampleCount = 4,
            FeatureCount = 1,
            DataFingerprint = _line.Fingerprint(),
            Reason = StopReason.Converged,
        });
        // The line is 1 below both samples of the validation data.
        run.ValidationMetrics["rmse"].Should().BeApproximately(1, 1e-12);
        run.TrainingMetrics["mae"].Should().BeLessThan(1e-12);
        (DateTimeOffset.UtcNow - run.Started).Should().BeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void From_AClassifier_HasAccuracyAndLogLoss()
    {
        var data = Dataset.From([1.0, 2, 3, 4], [0.0, 1, 0, 1]);

        RunRecord.From(LogisticRegression.Fit(data), data).TrainingMetrics.Keys.Should().Equal("accuracy", "logLoss");
    }

    [Fact]
    public void From_AMinimisedFunction_HasNoModel()
    {
        TrainingResult result = Objective.From(p => p[0] * p[0], (p, g) => g[0] = 2 * p[0]).Minimize([1.0]);

        var run = RunRecord.From(result);

        (run.Model, run.Optimizer, run.Steps, run.Loss).Should().Be(("", "LBFGS", result.Steps, result.Loss));
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0xD83D)]
    [InlineData(0xDE00)]
    public void Name_WithoutTextForm_IsRefused(int code) =>
        FluentActions.Invoking(() => new RunRecord { Name = $"a{(char)code}" }).Should().Throw<ArgumentException>()
            .WithMessage($"*Name has U+{code:X4} at 1*");

    [Fact]
    public void Limit_Negative_IsRefused() =>
        FluentActions.Invoking(() => new RunFilter { Limit = -1 }).Should().Throw<ArgumentOutOfRangeException>();
}

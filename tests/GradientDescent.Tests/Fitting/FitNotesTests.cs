namespace GradientDescent.Tests.Fitting;

public class FitNotesTests
{
    [Theory]
    [InlineData(1e-6, 1e-5, true)]
    [InlineData(1e-6, 1, false)]
    [InlineData(1e-9, 1e-8, true)]
    [InlineData(1e-9, 1, false)]
    public void ALossAboveItsMinimum_IsNoted_WhereNearlyDependentColumnsHideIt(double tolerance, double difference, bool expected)
    {
        // The second column is the first and a little of another one. A gradient of a millionth of a standard error says little about it.
        var random = new Random(2);
        double[][] numbers =
            [.. Enumerable.Range(0, 60).Select(_ => Enumerable.Range(0, 3).Select(_ => random.NextDouble() - 0.5).ToArray())];
        double[][] rows = [.. numbers.Select(row => new[] { row[0], row[0] + difference * row[1] })];
        double[] targets = [.. numbers.Select(row => row[0] + 0.01 * row[1] + row[2])];
        var options = new TrainingOptions { StandardErrorTolerance = tolerance, MaxSteps = 100_000 };

        TrainingResult result = new Trainer(new BatchGD(), options)
            .Fit(new LinearRegression(), Dataset.From(rows, targets), options: new FitOptions { RateFromCurvature = true });

        result.Reason.Should().Be(StopReason.Converged);
        (result.Note?.Contains("columns nearly depend on each other", StringComparison.Ordinal) ?? false).Should().Be(expected);
    }
}

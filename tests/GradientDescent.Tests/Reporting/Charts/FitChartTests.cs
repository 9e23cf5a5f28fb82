using System.Text.Json.Nodes;
using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

/// <summary>Charts of regressions.</summary>
public class FitChartTests
{
    private static readonly double[] _predictions = [1, 2.5, 3, 4], _targets = [1.5, 2, 3.25, 0];

    [Fact]
    public void Predictions_AreOverTheTargets_OnEqualAxes()
    {
        var figure = new DrawnFigure(Charts.Predictions(_predictions, _targets));

        DrawnFigure.X(figure.Only("markers")).Should().Equal(_targets);
        DrawnFigure.Y(figure.Only("markers")).Should().Equal(_predictions);
        figure.Range("xaxis").Should().Equal(figure.Range("yaxis"));
        DrawnFigure.X(figure.Only("lines")).Should().Equal(DrawnFigure.Y(figure.Only("lines")));
    }

    [Fact]
    public void Residuals_AreTargetMinusPrediction()
    {
        var figure = new DrawnFigure(Charts.Residuals(_predictions, _targets));

        DrawnFigure.X(figure.Only("markers")).Should().Equal(_predictions);
        DrawnFigure.Y(figure.Only("markers")).Should().Equal(0.5, -0.5, 0.25, -4);
        DrawnFigure.Y(figure.Only("lines")).Should().Equal(0, 0);
    }

    [Fact]
    public void Residuals_OfManySamples_SayHowManyAreDrawn()
    {
        double[] predictions = [.. Enumerable.Range(0, 5_000).Select(i => (double)i)],
            targets = [.. predictions.Select(value => value % 10)];
        targets[17] = double.NaN;

        Chart chart = Charts.Residuals(predictions, targets);

        int drawn = DrawnFigure.X(new DrawnFigure(chart).Only("markers")).Length;
        drawn.Should().BeInRange(4_000, 4_004);
        chart.Description.Should().Be(
            $"Residuals of 5000 samples over their predictions. Not drawn, because they are not finite or beyond 1E300: 1. " +
            $"{drawn} of 4999 points are drawn.");
    }

    [Fact]
    public void ResidualHistogram_CountsEachResidualOnce()
    {
        // Residuals 0, 1, …, 999: by Rice's rule 2·10 bins of 999/20; the last value is in the last bin.
        double[] targets = [.. Enumerable.Range(0, 1_000).Select(i => (double)i)];

        JsonNode bars = new DrawnFigure(Charts.ResidualHistogram(new double[1_000], targets)).Traces.Single();

        int[] expected = [.. Enumerable.Range(0, 20).Select(bin => targets.Count(value => Math.Min((int)(20 * value / 999), 19) == bin))];
        DrawnFigure.Y(bars).Should().Equal(expected.Select(count => (double)count));
        DrawnFigure.X(bars)[0].Should().BeApproximately(999 / 40.0, 1e-12); // a few roundings of numbers below 1000
    }

    [Fact]
    public void ResidualQuantiles_AreOverBlomsQuantiles()
    {
        double[] targets = [3, -1, 0.5];

        var figure = new DrawnFigure(Charts.ResidualQuantiles(new double[3], targets));

        DrawnFigure.Y(figure.Only("markers")).Should().Equal(-1, 0.5, 3);
        // (i − 3/8)/(3 + 1/4) is 5/26, 1/2, 21/26; the normal quantile of 21/26 = 0.807692… is 0.8694237 (seven digits).
        double[] expected = [-0.8694237, 0, 0.8694237];
        DrawnFigure.X(figure.Only("markers")).Zip(expected, (actual, exact) => Math.Abs(actual - exact))
            .Should().OnlyContain(error => error < 1e-6);
        // The quartiles of −1, 0.5, 3 are −0.25 and 1.75: the line has the middle 0.75 and the slope 1/0.6744898.
        double[] x = DrawnFigure.X(figure.Only("lines")), y = DrawnFigure.Y(figure.Only("lines"));
        ((y[1] - y[0]) / (x[1] - x[0])).Should().BeApproximately(1 / 0.6744898, 1e-6);
        (y[0] - x[0] * (y[1] - y[0]) / (x[1] - x[0])).Should().BeApproximately(0.75, 1e-12);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class FitChartTests
{
    [Fact]
    public void ResidualQuantiles_OfSixResiduals_StandOverNormalQuantilesInOrder()
    {
        // (1 − 3/8)/(6 + 1/4) = 0.1 and (6 − 3/8)/(6 + 1/4) = 0.9, whose normal quantiles are ∓1.2815515655446004; the residuals are 3, −1,
        // 7, 0, 2, 5.
        Series points = Charts.ResidualQuantiles([1, 1, 1, 1, 1, 1], [4, 0, 8, 1, 3, 6]).Hover!.Series.Single();

        points.Y.Should().Equal(-1, 0, 2, 3, 5, 7);
        points.X[0].Should().BeApproximately(-1.2815515655446004, 1e-14);
        points.X[5].Should().BeApproximately(1.2815515655446004, 1e-14);
        for (int i = 0; i < 3; i++)
            points.X[i].Should().BeApproximately(-points.X[5 - i], 1e-14);
    }

    [Fact]
    public void ResidualQuantiles_HasALineThroughTheQuartiles()
    {
        // Residuals 0, 1, 2, 3, 10: quartiles 1 and 3 over ∓0.6744897501960817, so y = 2 + x/0.6744897501960817. Coordinates are rounded to
        // 0.1, hence off by at most 0.05.
        Chart chart = Charts.ResidualQuantiles([0, 0, 0, 0, 0], [0, 1, 2, 3, 10]);
        Frame frame = chart.Hover!.Frame;

        double[] drawn = [.. Regex.Match(chart.ToSvg(), "class=\"zero\" d=\"M(\\S+) (\\S+)L(\\S+) (\\S+)\"").Groups.Values.Skip(1)
            .Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture))];

        foreach ((int i, double x) in new[] { frame.X.Minimum, frame.X.Maximum }.Index())
        {
            (double px, double py) = frame.Place(x, 2 + x / 0.6744897501960817);
            drawn[2 * i].Should().BeApproximately(px, 0.051);
            drawn[2 * i + 1].Should().BeApproximately(py, 0.051);
        }
    }

    [Fact]
    public void Residuals_WithoutAPlace_AreCounted()
    {
        double[] predictions = [1, double.NaN, 1e308, 2], targets = [2, 1, -1e308, 2];

        foreach (Chart chart in (Chart[])[Charts.Residuals(predictions, targets), Charts.ResidualHistogram(predictions, targets),
            Charts.ResidualQuantiles(predictions, targets)])
            chart.ToSvg().Should().Contain("not drawn: 2<");
        Charts.Residuals([1], [2]).ToSvg().Should().NotContain("not drawn");
    }

    [Fact]
    public void Residuals_OfAHundredThousandSamples_AreADotForTwoByTwoPixelsAtTheMost()
    {
        double[] predictions = [.. Enumerable.Range(0, 100_000).Select(i => i * 0.6180339887 % 1)],
            targets = [.. predictions.Select((_, i) => i * 0.7548776662 % 1)];

        Regex.Count(Charts.Residuals(predictions, targets).ToSvg(), "<circle").Should()
            .BeInRange(5_000, (int)Math.Ceiling(480.0 / 2 * 221 / 2));
    }

    [Fact]
    public void Residuals_WithCountsThatDiffer_NamesBoth() =>
        FluentActions.Invoking(() => Charts.ResidualQuantiles([1, 2, 3], [1, 2])).Should().Throw<ArgumentException>()
            .WithMessage("targets has 2 values, predictions has 3*").WithParameterName("targets");
}

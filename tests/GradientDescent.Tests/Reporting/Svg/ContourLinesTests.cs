using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class ContourLinesTests
{
    [Fact]
    public void At_OfACircle_IsOneClosedLineNearIt()
    {
        // On an edge of length h = 0.05 linear interpolation of x² is wrong by at most h²/4, so the radius by h²/8 at radius 1 or less:
        // 3.2e-4.
        var lines = new ContourLines((x, y) => x * x + y * y, (-2, 2), (-2, 2), cells: 80);

        List<List<(double X, double Y)>> found = lines.At(1.0);

        found.Should().ContainSingle();
        found[0][^1].Should().Be(found[0][0]);
        found[0].Should().HaveCountGreaterThan(100);
        found[0].Should().OnlyContain(point => Math.Abs(Math.Sqrt(point.X * point.X + point.Y * point.Y) - 1) < 3.2e-4);
    }

    [Fact]
    public void At_OfALineThroughTheGrid_IsOneOpenLine()
    {
        var lines = new ContourLines((x, y) => x + 0.5 * y, (0, 1), (0, 1), cells: 10);

        List<List<(double X, double Y)>> found = lines.At(0.71);

        found.Should().ContainSingle();
        found[0].Should().OnlyContain(point => Math.Abs(point.X + 0.5 * point.Y - 0.71) < 1e-12);
        double[] ends = [found[0][0].Y, found[0][^1].Y];
        ends.Order().Should().Equal(0, 1);
    }

    [Fact]
    public void At_OfASaddle_HasTwoBranches() =>
        new ContourLines((x, y) => x * y, (-1, 1), (-1, 1), cells: 9).At(0.1).Should().HaveCount(2);

    [Fact]
    public void At_WhereTheFunctionIsNotFinite_DrawsTheRest()
    {
        var lines = new ContourLines((x, y) => x < 0 ? double.NaN : x * x + y * y, (-2, 2), (-2, 2), cells: 40);

        lines.At(1.0).Should().ContainSingle().Which.Should().OnlyContain(point => point.X >= 0);
    }

    [Fact]
    public void Levels_OfABowl_GrowAndTheLowestLeavesTheShareOfTheAreaThatTheGridResolves()
    {
        // The k-th of n levels has the share (k/(n + 1))² of the area below it: for the lowest of 14 a circle of area 16/225, and x² + y²
        // is its squared radius, 16/(225π). The nodes in a circle of radius r differ from its area by fewer than those within a cell's
        // diagonal of it: 2√2·h/r = 16 % of them with h = 4/300.
        var lines = new ContourLines((x, y) => x * x + y * y, (-2, 2), (-2, 2), cells: 300);

        double[] levels = lines.Levels(14);

        levels.Should().HaveCount(14).And.BeInAscendingOrder();
        levels[0].Should().BeInRange(0.84 * 16 / (225 * Math.PI), 1.16 * 16 / (225 * Math.PI));
        lines.At(levels[0]).Should().ContainSingle();
    }

    [Fact]
    public void Levels_OfAConstant_AreNone() => new ContourLines((_, _) => 1, (0, 1), (0, 1), cells: 10).Levels(14).Should().BeEmpty();
}

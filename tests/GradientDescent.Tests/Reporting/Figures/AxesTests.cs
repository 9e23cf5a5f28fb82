using FsCheck;
using FsCheck.Fluent;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class AxesTests
{
    [Fact]
    public void Around_AnyValues_ContainsThemInAFiniteRange() => Prop.ForAll<double[], bool>((values, prefersLogarithm) =>
    {
        AxisStyle axis = Axes.Around("", values, prefersLogarithm);
        (double low, double high) = (axis.Range![0], axis.Range[1]);
        double[] shown = [.. values.Where(value => Math.Abs(value) < 1e300)];
        bool contains = axis.Type == "log"
            // Smaller values have no place on an axis over twenty powers of ten.
            ? shown.Where(value => value > Math.Max(shown.Max() * 1e-20, 1e-305)).All(value => Math.Log10(value) >= low
                && Math.Log10(value) <= high)
            : shown.All(value => value >= low && value <= high);
        return double.IsFinite(low) && double.IsFinite(high) && low < high && contains;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(new[] { 0.0, 1e-300 }, true)]
    [InlineData(new[] { 0.0, 5e-324 }, false)] // a power of ten below 1e-305 underflows
    [InlineData(new[] { 0.0 }, false)]
    [InlineData(new[] { -1.0, 5 }, false)]
    [InlineData(new[] { 3.0 }, true)]
    [InlineData(new[] { double.NaN, 1e301, 2 }, true)]
    [InlineData(new double[0], false)]
    public void Around_PrefersALogarithm_IfNoValueIsNegative(double[] values, bool isLogarithmic)
    {
        AxisStyle axis = Axes.Around("", values, prefersLogarithm: true);

        axis.Type.Should().Be(isLogarithmic ? "log" : "linear");
        axis.Range![0].Should().BeLessThan(axis.Range[1]);
    }

    [Fact]
    public void Around_OneValue_IsInTheMiddle() => Axes.Around("", [8, 8, 8], margin: 0).Range.Should().Equal(4, 12);

    [Fact]
    public void Count_OfFewSteps_HasNoHalfOnes()
    {
        Axes.Count("epoch", [0, 3]).Dtick.Should().Be(1);
        Axes.Count("epoch", [0, 30]).Dtick.Should().BeNull();
    }

    [Fact]
    public void Names_FromTheTop_GoDown()
    {
        AxisStyle axis = Axes.Names(["a", "<b>", "c"], fromTop: true);

        axis.Range.Should().Equal(2.5, -0.5);
        axis.TickVals.Should().Equal(0, 1, 2);
        axis.TickText.Should().Equal("a", "&lt;b&gt;", "c");
    }

    [Fact]
    public void Names_OfMany_AreWrittenAtEqualDistances() =>
        Axes.Names([.. Enumerable.Range(0, 61).Select(i => $"n{i}")]).TickText.Should().HaveCount(21).And.StartWith(["n0", "n3"]);
}

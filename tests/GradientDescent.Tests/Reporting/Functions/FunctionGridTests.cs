using System.Globalization;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class FunctionGridTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, FunctionGrid> All { get; } = new TestFunction[]
    {
        TestFunctions.QuadraticBowl, TestFunctions.Rosenbrock, TestFunctions.Beale, TestFunctions.Himmelblau, TestFunctions.LineFit,
            TestFunctions.Saddle,
    }.ToDictionary(
        function => function.Name,
        function => new FunctionGrid(function, ("x", function.XRange.Min, function.XRange.Max),
            ("y", function.YRange.Min, function.YRange.Max), 20));

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_AreThoseOfTheFunctionAtThePlaces(string name)
    {
        FunctionGrid grid = All[name];

        grid.X.Should().HaveCount(21).And.BeInAscendingOrder();
        for (int row = 0; row < 21; row++)
        {
            for (int column = 0; column < 21; column++)
                grid.Values.Rows[row][column].Should().Be(grid.At((grid.X[column], grid.Y[row])));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void HeightOf_GrowsWithTheValue(string name)
    {
        double[] values = [.. All[name].Values.Rows.SelectMany(row => row).Distinct().Order()];

        values.Select(All[name].HeightOf).Should().BeInAscendingOrder();
        All[name].HeightOf(values[^1]).Should().BeGreaterThan(All[name].HeightOf(values[0]));
    }

    [Fact]
    public void HeightOf_OfASteepFunction_IsTheLogarithmOfTheDistanceFromTheLowestValue()
    {
        // 21 · 21 values; the unit is the height above the smallest that one in twenty, rounded down, is below.
        FunctionGrid grid = All["Rosenbrock"];
        double[] sorted = [.. grid.Values.Rows.SelectMany(row => row).Order()];
        double unit = sorted[441 / 20] - sorted[0];

        grid.IsLogarithmic.Should().BeTrue();
        grid.HeightOf(sorted[0]).Should().Be(0);
        grid.HeightOf(sorted[0] - 1).Should().Be(0, "lower values between the points of the grid are at the floor");
        grid.HeightOf(sorted[0] + 99 * unit).Should().BeApproximately(2, 1e-12); // a few roundings of numbers up to 2
    }

    [Fact]
    public void HeightOf_OfAPlane_IsTheValue()
    {
        FunctionGrid grid = new(Objective.From(at => at[0] + at[1]), ("x", 0, 1), ("y", 0, 1), 10);

        grid.IsLogarithmic.Should().BeFalse();
        grid.HeightOf(-7.25).Should().Be(-7.25);
        grid.Levels.Size.Should().Be(0.2, "of 1, 2 and 5 times powers of ten it is the smallest that makes fourteen areas at most");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bar_HasTheValuesOfTheFunctionAtTheLines(string name)
    {
        FunctionGrid grid = All[name];

        grid.Bar.TickVals.Should().HaveCountGreaterThan(3);
        for (int i = 0; i < grid.Bar.TickVals!.Count; i++)
        {
            double value = double.Parse(grid.Bar.TickText![i].Replace('−', '-'), CultureInfo.InvariantCulture),
                place = grid.Bar.TickVals[i];
            // A text has three digits: its value is off by half a unit of the third, 0.005 times the value at most. Where the scale is
            // linear that is the error; on the logarithmic one an error of a share r of f − m + u moves the place by r/ln 10.
            double lowest = grid.Values.Rows.SelectMany(row => row).Min();
            double tolerance = grid.IsLogarithmic ? 0.005 : 0.0051 * Math.Abs(value) + 1e-9;
            if (!grid.IsLogarithmic || value - lowest > Math.Abs(lowest))
                grid.HeightOf(value).Should().BeApproximately(place, tolerance);
            ((place - grid.Levels.Start) / grid.Levels.Size)
                .Should().BeApproximately(Math.Round((place - grid.Levels.Start) / grid.Levels.Size), 1e-9);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e305)]
    public void AFunctionThatIsNeverShown_HasNoHeights(double value)
    {
        FunctionGrid grid = new(Objective.From(_ => value), ("x", 0, 1), ("y", 0, 1), 3);

        grid.Values.Rows.SelectMany(row => row).Should().OnlyContain(one => double.IsNaN(one));
        grid.Levels.Should().Be(new ContourLevels(0, 0, 1));
    }

    [Fact]
    public void AConstant_HasOneLevel() =>
        new FunctionGrid(Objective.From(_ => 3), ("x", 0, 1), ("y", 0, 1), 3).Levels.Should().Be(new ContourLevels(3, 3, 1));
}

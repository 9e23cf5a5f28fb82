using System.Globalization;
using System.Text.Json.Nodes;
using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

/// <summary>Charts of functions and of paths on them.</summary>
public class FunctionChartTests
{
    private static readonly IObjective _bowl = Objective.From(at => at[0] * at[0] + at[1]);

    // The first parameter of step i is i/16: frames, which have single precision, show which steps they hold.
    private static readonly Trajectory _long = new("long", [.. Enumerable.Range(0, 1_001).Select(i => (i / 16.0, 0.0))]);
    private static readonly Trajectory _short = new("short", [.. Enumerable.Range(0, 101).Select(i => (i / 16.0, 1.0))]);

    [Fact]
    public void Race_FramesHaveTheStepsUpToTheirNames()
    {
        var figure = new DrawnFigure(Race(_long, _short));
        JsonNode[] frames = [.. figure.Json["frames"]!.AsArray().Select(frame => frame!)];

        int[] ends = [.. frames.Select(frame => int.Parse((string)frame["name"]!, CultureInfo.InvariantCulture))];
        ends.Should().BeInAscendingOrder().And.HaveCount(61).And.StartWith(0).And.EndWith(1_000);
        foreach ((JsonNode frame, int end) in frames.Zip(ends))
        {
            JsonNode[] moved = [.. frame["data"]!.AsArray().Select(trace => trace!)];
            double[] steps = [.. DrawnFigure.X(moved[0]).Select(x => 16 * x)];
            steps.Should().BeInAscendingOrder().And.StartWith(0).And.OnlyContain(step => step <= end);
            // Of 1,000 steps 240 are drawn, 1000/239 from each other.
            steps[^1].Should().BeGreaterThan(end - 5);
            DrawnFigure.X(moved[1]).Should().Equal(DrawnFigure.X(moved[0])[^1]);
            DrawnFigure.X(moved[2]).Select(x => 16 * x).Should().Equal(Enumerable.Range(0, Math.Min(end, 100) + 1)
                .Select(step => (double)step));
        }
    }

    [Fact]
    public void Race_LastFrameIsWhatTheFigureShows()
    {
        var figure = new DrawnFigure(Race(_long, _short));
        JsonNode last = figure.Json["frames"]!.AsArray()[^1]!;

        int[] moved = [.. last["traces"]!.AsArray().Select(index => (int)index!)];
        foreach ((int index, JsonNode? trace) in moved.Zip(last["data"]!.AsArray()))
        {
            DrawnFigure.X(trace!).Should().Equal(DrawnFigure.X(figure.Traces[index]));
            DrawnFigure.Y(trace!).Should().Equal(DrawnFigure.Y(figure.Traces[index]));
        }

        moved.Select(index => (string?)figure.Traces[index]["meta"]!["series"]).Should().Equal("long", "long", "short", "short");
    }

    [Fact]
    public void Race_PageHasASliderWithAPlaceForEachFrame()
    {
        Chart race = Race(_short);
        int frames = new DrawnFigure(race).Json["frames"]!.AsArray().Count;

        race.ToHtml().Should().Contain($"<input type=\"range\" min=\"0\" max=\"{frames - 1}\" value=\"{frames - 1}\"");
        Charts.Contours(TestFunctions.Beale).ToHtml().Should().NotContain("type=\"range\"");
    }

    [Fact]
    public void Contours_HaveTheValuesOfTheFunctionWithFiveDigits()
    {
        JsonNode ground = new DrawnFigure(Charts.Contours("c", _bowl, ("x", -1, 1), ("y", 0, 1))).Traces[0];
        double[] x = DrawnFigure.X(ground), y = DrawnFigure.Y(ground);

        x.Should().HaveCount(101);
        for (int row = 0; row < y.Length; row += 10)
        {
            double[] values = DrawnFigure.Numbers(ground["customdata"]![row]!);
            for (int column = 0; column < x.Length; column++)
            {
                double exact = x[column] * x[column] + y[row];
                values[column].Should().BeApproximately(exact, 5e-5 * exact + 1e-300); // half a unit of the fifth digit
            }
        }
    }

    [Fact]
    public void Contours_OfAPath_HaveItsStepsWithTheirValues()
    {
        var path = new Trajectory("a", [(0.5, 0.25), (-0.5, 0.5), (0, 0)]);

        var figure = new DrawnFigure(Charts.Contours("c", _bowl, ("x", -1, 1), ("y", 0, 1), path));

        JsonNode line = figure.Of("a").Single(trace => (string)trace["mode"]! == "lines+markers");
        DrawnFigure.X(line).Should().Equal(0.5, -0.5, 0);
        DrawnFigure.Y(line).Should().Equal(0.25, 0.5, 0);
        line["customdata"]!.AsArray().Select(one => DrawnFigure.Numbers(one!)).Should()
            .BeEquivalentTo([(double[])[0, 0.5], [1, 0.75], [2, 0]]);
        figure.Of("a").Where(trace => (string)trace["mode"]! == "markers").Select(trace => DrawnFigure.X(trace).Single()).Should()
            .Equal(0.5, 0);
    }

    [Fact]
    public void Contours_OfAPathThatLeaves_EndWhereBrowsersCannotDraw()
    {
        var path = new Trajectory("a", [(0, 0), (3, 0), (1e30, 0), (0, 0)]);

        DrawnFigure.X(new DrawnFigure(Charts.Contours("c", _bowl, ("x", -1, 1), ("y", 0, 1), path)).Of("a")[1]).Should().Equal(0, 3);
    }

    [Fact]
    public void Contours_OfStepsThatCannotBeToldApart_KeepTheFirstAndTheLast()
    {
        var path = new Trajectory("a", [.. Enumerable.Range(0, 10_000).Select(i => (i * 1e-9, 0.0))]);

        JsonNode line = new DrawnFigure(Charts.Contours("c", _bowl, ("x", -1, 1), ("y", 0, 1), path)).Of("a")[1];

        DrawnFigure.X(line).Should().Equal(0, 9_999 * 1e-9);
    }

    [Fact]
    public void Surface_HasPathsOnItsHeightsWithinTheRange()
    {
        var path = new Trajectory("a", [(0, 0), (0.5, 0.5), (7, 0)]);

        var figure = new DrawnFigure(Charts.Surface("s", _bowl, ("x", -1, 1), ("y", 0, 1), path));

        JsonNode line = figure.Of("a")[0];
        DrawnFigure.X(line).Should().Equal(0, 0.5);
        double[] heights = DrawnFigure.Numbers(line["z"]!);
        // The path is lifted by a constant, so that it is seen.
        (heights[1] - heights[0]).Should().BeApproximately(0.75, 1e-15);
        heights[0].Should().BeInRange(0, 0.05);
    }

    [Fact]
    public void Cloud_MarksTheSmallestValue()
    {
        var figure = new DrawnFigure(Charts.Cloud("c", _bowl, ("x", -1, 1), ("y", 0, 1), [(1, 1), (0.5, 0), (double.NaN, 0)]));

        JsonNode best = figure.Traces.Single(trace => (string?)trace["name"] == "best");
        DrawnFigure.X(best).Should().Equal(0.5);
        ((string)best["hovertemplate"]!).Should().StartWith("best: 0.25");
    }

    [Fact]
    public void Function_HasItsValuesItsTangentAndTheSteps()
    {
        var figure = new DrawnFigure(Charts.Function("f", x => x * x, (-2, 2), [-1], ("a", [-2.0, 0, 1.5])));

        DrawnFigure.X(figure.Traces[0]).Zip(DrawnFigure.Y(figure.Traces[0]))
            .Should().OnlyContain(point => point.Second.Equals(point.First * point.First));
        ((string)figure.Traces[1]["name"]!).Should().Be("tangent at −1: slope −2");
        DrawnFigure.Y(figure.Of("a")[0]).Should().Equal(4, 0, 2.25);
    }

    [Fact]
    public void Line_OfAFit_GoesThroughItsPredictions()
    {
        LinearFit fit = LinearRegression.Fit([1.0, 2, 3, 4], [2.0, 3, 5, 4]);

        var figure = new DrawnFigure(Charts.Line([1, 2, 3, 4], [2, 3, 5, 4], fit));

        JsonNode line = figure.Of("fitted line").Single();
        // A sum of two products, of numbers below 5: two roundings.
        DrawnFigure.X(line).Zip(DrawnFigure.Y(line), (x, y) => Math.Abs(y - fit.Predict(x))).Should().OnlyContain(error => error < 2e-15);
        DrawnFigure.Y(figure.Traces[0]).Should().Equal(2, 3, 5, 4);
    }

    private static Chart Race(params Trajectory[] paths) => Charts.Race("r", _bowl, ("x", 0, 64), ("y", -2, 2), paths);
}

using System.Text.Json.Nodes;
using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

/// <summary>What is true of every chart.</summary>
public class AllChartsTests
{
    private const string Hostile = "</script><b>%{x}</b> $x$ \"'& @s0 \u202E";

    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, Func<Chart>> All { get; } = MakeAll();

    [Theory]
    [MemberData(nameof(Names))]
    public void ToJson_AgainAndInAnotherCulture_IsTheSame(string name)
    {
        string expected = All[name]().ToJson();

        All[name]().ToJson().Should().Be(expected);
        Cultures.Under("de-DE", () => All[name]().ToJson()).Should().Be(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToJson_HasFiniteNumbersAndColoursOfWhitePaper(string name)
    {
        string json = All[name]().ToJson();
        JsonNode figure = JsonNode.Parse(json)!; // NaN and Infinity are not JSON

        json.Should().NotContain("\r").And.NotContain("</", "it would end the script element that it is in");
        Values(figure).Where(value => value.GetValueKind() == System.Text.Json.JsonValueKind.String).Select(value => (string)value!)
            .Where(text => text is not ("NaN" or "Infinity" or "-Infinity"))
                .Should().NotContain(text => text.StartsWith("@s", StringComparison.Ordinal) && text.Length == 3);
        ((string?)figure["layout"]!["paper_bgcolor"]).Should().Be("#ffffff");
        ((double)figure["layout"]!["height"]!).Should().BeInRange(100, 2_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToJson_OfAnyAxis_HasARangeOfTwoDifferentNumbers(string name)
    {
        foreach ((string part, JsonNode? axis) in JsonNode.Parse(All[name]().ToJson())!["layout"]!.AsObject()
            .Where(one => one.Key.Contains("axis")))
        {
            double[] range = DrawnFigure.Numbers(axis!["range"]!);
            range.Should().HaveCount(2, "of {0}", part);
            range[0].Should().NotBe(range[1]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ToString_IsTitleAndDescription(string name)
    {
        Chart chart = All[name]();

        chart.Title.Should().NotBeEmpty();
        chart.Description.Should().EndWith(".").And.NotContain("  ");
        chart.ToString().Should().Be($"{chart.Title}: {chart.Description}");
    }

    [Fact]
    public void ANameOfData_IsShownAsItStandsInAllTexts()
    {
        JsonNode[] figures = [.. All.Where(one => one.Key.StartsWith("hostile", StringComparison.Ordinal))
            .Select(one => JsonNode.Parse(one.Value().ToJson())!)];

        figures.Should().HaveCountGreaterThan(5);
        foreach (JsonNode figure in figures)
        {
            foreach (JsonNode? trace in figure["data"]!.AsArray())
            {
                trace!.AsObject().Remove("meta"); // what the page compares, which is not drawn
                trace.AsObject().Remove("legendgroup");
            }

            string[] texts = [.. Values(figure).Where(value => value.GetValueKind() == System.Text.Json.JsonValueKind.String)
                .Select(value => (string)value!)];
            texts.Should().Contain(text => text.Contains("&lt;/script&gt;&lt;b"));
            texts.Should().NotContain(text => text.Contains("<b>") || text.Contains("</script") || text.Contains('\u202E'));
        }
    }

    private static IEnumerable<JsonNode> Values(JsonNode node) => node switch
    {
        JsonObject record => record.Where(one => one.Value is not null).SelectMany(one => Values(one.Value!)),
        JsonArray array => array.Where(one => one is not null).SelectMany(one => Values(one!)),
        _ => [node],
    };

    private static Dictionary<string, Func<Chart>> MakeAll()
    {
        (ReportRun adam, Trajectory path) = ShownRuns.InAValley("Adam", new Adam(0.05));
        (ReportRun bad, Trajectory badPath) = ShownRuns.InAValley(Hostile, new BatchGD(1)); // diverges
        TestFunction valley = TestFunctions.Rosenbrock;
        double[] x = [1, 2, 3, 4, 5], y = [2, 3, 5, 4, 6];
        LinearFit fit = LinearRegression.Fit(x, y);
        var report = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true], labels: ["no", Hostile]);
        var nothing = new Trajectory("nothing", [(double.NaN, 0)]);
        var charts = new Dictionary<string, Func<Chart>>
        {
            ["loss"] = () => Charts.Loss(adam, bad),
            ["hostile loss"] = () => Charts.Loss(bad, ShownRuns.Of("a", 1, 0.5), ShownRuns.Of("b", double.NaN)),
            ["loss without epochs"] = () => Charts.Loss(ShownRuns.Of("none")),
            ["above"] = () => Charts.LossAbove(0, adam, bad),
            ["rate"] = () => Charts.LearningRate(adam, bad),
            ["norm"] = () => Charts.GradientNorm(adam, bad),
            ["hostile schedules"] = () => Charts.Schedules(20, 2, (Hostile, new CosineDecay(Horizon.Fraction(1))),
                ("b", new CosineDecay(Horizon.Steps(10)))),
            ["contours"] = () => Charts.Contours(valley, path, badPath, nothing),
            ["hostile contours"] = () => Charts.Contours(Hostile, valley, (Hostile, -2, 2), ("b", -1, 3), badPath),
            ["surface"] = () => Charts.Surface(valley, path, badPath, nothing),
            ["race"] = () => Charts.Race(valley, path, badPath, nothing),
            ["race of nothing"] = () => Charts.Race(valley, nothing),
            ["never finite"] = () => Charts.Contours("never", Objective.From(_ => double.NaN), (-1e100, 1e100), (1000000, 1000000.01)),
            ["cloud"] = () => Charts.Cloud("cloud", valley, ("x", -2, 2), ("y", -1, 3), [(0, 0), (1, 1), (double.NaN, 1), (1e300, 0)]),
            ["hostile function"] = () => Charts.Function("f", at => at * at, (-1, 1), [0.5], (Hostile, [-1, 0.5, 1e200, 3])),
            ["line"] = () => Charts.Line(x, y, fit),
            ["hostile line"] = () => Charts.Line(x, y, (Hostile, 1, 0)),
            ["hostile curves"] = () => Charts.Curves(Hostile, Hostile, Hostile, (Hostile, x, y)),
            ["coefficients"] = () => Charts.Coefficients(fit.Statistics.Coefficients),
            ["standardised"] = () => Charts.StandardizedCoefficients(fit, Dataset.From(x, y)),
            ["hostile standardised"] = () => Charts.StandardizedCoefficients(fit.Model,
                Dataset.From([[1.0], [2]], [1.0, 2], featureNames: [Hostile])),
            ["hostile confusion"] = () => Charts.ConfusionMatrix(report),
            ["confusion of nothing"] = () => Charts.ConfusionMatrix(["a"], [], []),
            ["hostile ROC"] = () => Charts.Roc(report),
            ["precision"] = () => Charts.PrecisionRecall(("a", report), ("b", report)),
            ["calibration"] = () => Charts.Calibration(report),
        };
        (double[] Predictions, double[] Targets)[] extremes =
        [
            ([1], [1]), ([2, 2, 2], [1, 1, 1]), ([5e-324, 0, 1e-323], [0, 5e-324, 0]), ([1e299, -1e299, 3], [-1e299, 1e299, 4]),
                ([1e308, -1e308], [-1e308, 1e308]),
            ([1, double.NaN, double.PositiveInfinity], [1.5, 3, 1]), ([double.NaN], [double.NaN]),
        ];
        foreach ((double[] predictions, double[] targets) in extremes)
        {
            string name = string.Join(' ', predictions.Select(value => FormattableString.Invariant($"{value}")));
            charts.Add($"predictions {name}", () => Charts.Predictions(predictions, targets));
            charts.Add($"residuals {name}", () => Charts.Residuals(predictions, targets));
            charts.Add($"histogram {name}", () => Charts.ResidualHistogram(predictions, targets));
            charts.Add($"quantiles {name}", () => Charts.ResidualQuantiles(predictions, targets));
        }

        return charts;
    }
}

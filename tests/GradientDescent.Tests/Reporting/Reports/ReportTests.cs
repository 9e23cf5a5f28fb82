using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GradientDescent.Reporting;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Reporting;

public partial class ReportTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)> \"quoted\"";

    private static readonly Lazy<string> _html = new(() => MakeReport().ToHtml());

    [Fact]
    public void ToHtml_AgainAndInAnotherCulture_IsTheSame()
    {
        // All runs are the same results: a time that was measured would differ.
        Report report = MakeReport();
        string expected = report.ToHtml();

        report.ToHtml().Should().Be(expected);
        Cultures.Under("de-DE", report.ToHtml).Should().Be(expected);
    }

    [Fact]
    public void ToHtml_WithAHostileName_KeepsItAsText()
    {
        string page = HtmlPageTests.WithoutScripts(_html.Value);

        page.Should().NotContain("<img").And.NotContain("onerror=alert(1)>").And.Contain("&lt;/script&gt;&lt;img src=x");
        JsonNode data = Data(_html.Value);
        DrawnFigure.Texts(data["runs"]!).Should().Equal("Adam", Hostile);
        data["figures"]![0]!["data"]!.AsArray().Select(trace => (string)trace!["meta"]!["series"]!).Should().Equal("Adam", Hostile);
    }

    [Fact]
    public void ToHtml_OfSeveralRuns_BeginsWithTheirCurvesAndEndsWithSettings() =>
        Headings(_html.Value).Should().Equal("Training", "Runs", "Fit", "Paths", "About this page", "Settings");

    [Fact]
    public void ToHtml_OfOneRun_BeginsWithTheSections()
    {
        string html = new Report("one").Add(ShownRuns.InAValley("Adam", new Adam(0.01)).Run)
            .Add("Paths", Charts.Contours(TestFunctions.Beale)).ToHtml();

        Headings(html).Should().Equal("Paths", "Training", "Runs", "Settings");
    }

    [Fact]
    public void ToHtml_SaysHowEachRunEndedAndWithWhichSettings() => HtmlPageTests.WithoutScripts(_html.Value).Should()
        .Contain("<td>MaxSteps</td>").And.Contain("⚠ Diverged").And.Contain("MaxSteps after 50 steps").And.Contain("rate 0.01")
            .And.Contain("<td class=\"number\">17</td>");

    [Fact]
    public void ToHtml_GivesASeriesTheColourOfItsRunInAllCharts()
    {
        JsonNode[] traces = [.. Data(_html.Value)["figures"]!.AsArray().SelectMany(figure => figure!["data"]!.AsArray())
            .Select(trace => trace!)];

        ColoursOf("Adam").Should().Equal("@s0");
        ColoursOf(Hostile).Should().Equal("@s1");
        ColoursOf("a stranger").Should().HaveCount(1).And.NotIntersectWith(["@s0", "@s1"]);

        // The colours of lines; the border of a path has the colour of the paper.
        string[] ColoursOf(string name) =>
        [
            .. traces.Where(trace => (string?)trace["meta"]?["series"] == name)
                .Select(trace => (string?)trace["line"]?["color"]).OfType<string>()
                .Where(colour => colour != "@paper").Distinct(),
        ];
    }

    [Fact]
    public void ToHtml_WithoutContours_HasTheSmallScript()
    {
        string small = new Report("small").AddFit("Fit", [1, 2, 3], [1.1, 1.9, 3.2]).ToHtml();

        small.Length.Should().BeInRange(1_000_000, 1_300_000);
        _html.Value.Length.Should().BeGreaterThan(4_800_000, "it has contours");
    }

    [Fact]
    public void ToHtml_OfAFit_HasItsFourCharts() =>
        Titles(new Report("fit").AddFit("Fit", [1, 2, 3], [1.1, 1.9, 3.2]).ToHtml())
            .Should().Equal("Predictions and targets", "Residuals", "Residuals, histogram", "Residuals, normal quantiles");

    [Fact]
    public void ToHtml_OfALinearFit_HasItsCoefficients()
    {
        var data = Dataset.From([1.0, 2, 3, 4], [1.0, 3, 2, 5]);

        Titles(new Report("fit").AddFit("Fit", LinearRegression.Fit(data), data).ToHtml()).Should().HaveCount(5)
            .And.Contain("Standardised coefficients");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ToHtml_OfAClassifier_HasItsFourCharts(bool onlyOneClass)
    {
        var report = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [onlyOneClass, onlyOneClass, true, true]);

        Titles(new Report("classes").AddClassifier("Classes", report).ToHtml()).Should()
            .Equal("Confusion matrix", "ROC", "Precision and recall", "Calibration");
    }

    [Fact]
    public void ToHtml_WithAnOptimum_ShowsHowFarRunsAreAboveIt()
    {
        ReportRun run = ShownRuns.InAValley("a", new Adam(0.01)).Run with { Reports = [] };

        Titles(new Report("o") { Optimum = 0 }.Add(run).ToHtml()).Should().Equal("Loss", "Loss above the optimum", "Learning rate");
        Titles(new Report("o").Add(run).ToHtml()).Should().Equal("Loss", "Learning rate");
    }

    [Fact]
    public void ToHtml_WithNotesAndTables_ShowsThemAsText()
    {
        string html = new Report("figures") { Notes = [Hostile] }.AddTable("Figures", ["name", "a<b"], ["row & co", "1.5"],
            ["last", "2"]).ToHtml();

        html.Should().Contain("<p>&lt;/script&gt;&lt;img src=x").And.Contain("<h2>Figures</h2>")
            .And.Contain("<th scope=\"col\" class=\"number\">a&lt;b</th>");
        html.Should().Contain("<th scope=\"row\">row &amp; co</th><td class=\"number\">1.5</td>").And.NotContain("<div class=\"charts\">")
            .And.NotContain("<script");
    }

    [Fact]
    public void Add_WhatDoesNotFit_IsRefused()
    {
        var report = new Report("figures");

        ReportRun run = ShownRuns.InAValley("Adam", new Adam(0.01)).Run;
        report.Add(run).Invoking(r => r.Add(run)).Should().Throw<ArgumentException>().WithMessage("run is named 'Adam'*");
        report.Invoking(r => r.AddTable("Figures", [])).Should().Throw<ArgumentException>().WithMessage("header is empty*");
        report.Invoking(r => r.AddTable("Figures", ["a", "b"], ["1", "2"], ["3"])).Should().Throw<ArgumentException>()
            .WithMessage("rows[1] has 1 strings: it must have 2*");
        Headings(report.ToHtml()).Should().NotContain("Figures");
    }

    [Fact]
    public void SaveHtml_WritesThePage()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var report = new Report("empty");
            report.SaveHtml(path);

            File.ReadAllText(path).Should().Be(report.ToHtml()).And.StartWith("<!DOCTYPE html>");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static JsonNode Data(string html) => JsonNode.Parse(DataElement().Match(html).Groups[1].Value)!;

    private static string[] Headings(string html) => [.. Heading().Matches(HtmlPageTests.WithoutScripts(html))
        .Select(match => match.Groups[1].Value)];

    private static string[] Titles(string html) => [.. Title().Matches(HtmlPageTests.WithoutScripts(html))
        .Select(match => match.Groups[1].Value)];

    private static Report MakeReport()
    {
        (ReportRun adam, Trajectory path) = ShownRuns.InAValley("Adam", new Adam(0.01));
        (ReportRun diverged, Trajectory badPath) = ShownRuns.InAValley(Hostile, new BatchGD(1));
        return new Report(Hostile) { Notes = ["a note"] }.Add(adam).Add(diverged)
            .AddFit("Fit", [1, 2, 3], [1.1, 1.9, 3.2])
            .Add("Paths", Charts.Contours(TestFunctions.Rosenbrock, path with { Name = "a stranger" }, badPath, path));
    }

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();

    [GeneratedRegex("<h2>(.*?)</h2>")]
    private static partial Regex Heading();

    [GeneratedRegex("<h3>(.*?)</h3>")]
    private static partial Regex Title();
}

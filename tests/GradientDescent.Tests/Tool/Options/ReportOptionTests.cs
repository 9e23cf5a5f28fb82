using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GradientDescent.Tests.Tool;

/// <summary><c>--report</c>, as the built executable writes it.</summary>
public sealed partial class ReportOptionTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_BestOfNumbers_HasCoefficientsWithIntervalsFiguresAndResiduals()
    {
        string html = Page("fit", ToolFolder.Diabetes, "--target", "target");

        CoefficientStatistics bmi = LinearRegression.Fit(Dataset.FromCsv(ToolFolder.Diabetes, "target")).Statistics["bmi"];
        (double lower, double upper) = bmi.ConfidenceInterval();
        Cells(html, "bmi").Should().StartWith([Text(bmi.Estimate), Text(bmi.StandardError)]).And.EndWith([Text(lower), Text(upper)]);
        Cells(html, "training").Should().Equal("442", "0.517748", "53.4761", "43.2775");
        html.Should().Contain("Converged after 1 step").And.Contain("Residuals of 442 samples");
        JsonNode standardised = Figures(html).Single(figure => (string?)figure["layout"]!["title"]!["text"] == "Standardised coefficients");
        standardised["data"]![0]!["x"]!.AsArray().Should().HaveCount(10);
        standardised["data"]![0]!["error_x"]!["array"]!.AsArray().Should().OnlyContain(width => (double)width! > 0);
    }

    [Fact]
    public void Fit_ARun_HasItsEndingCurvesAndSettings()
    {
        string html = Page("fit", ToolFolder.Diabetes, "--target", "target", "--optimizer", "adam", "--rate", "0.05", "--epochs", "20",
            "--validate", "0.2", "--seed", "7", "--penalty", "l2=0.1");

        html.Should().Contain("MaxEpochs after 240 steps, 20 epochs").And.Contain("Loss by completed epochs").And.Contain(
            "Learning rate by step").And.Contain("Gradient norm by step");
        html.Should().Contain("Adam, rate 0.05, beta1 0.9, beta2 0.999, epsilon 1E-08, amsGrad False,").And.Contain(", MaxEpochs 20");
        html.Should().Contain("<td class=\"number\">7</td>").And.Contain("On the validation data");
        html.Should().Contain("--optimizer adam --rate 0.05", "the command line can be given again");
    }

    [Fact]
    public void Fit_Classes_HasAConfusionMatrixByLabel()
    {
        string file = _folder.Write("animals.csv", "weight,animal\n4,cat\n5,cat\n6,dog\n30,dog\n40,dog\n5.5,<dog>\n7,<dog>\n20,cat\n");

        string html = Page("fit", file, "--target", "animal");

        ClassifierFit<string> table =
            SoftmaxRegression.Fit([[4.0], [5], [6], [30], [40], [5.5], [7], [20]],
            ["cat", "cat", "dog", "dog", "dog", "<dog>", "<dog>", "cat"]);
        int right = (int)Math.Round(table.Metrics.Accuracy * 8);
        html.Should().Contain(FormattableString.Invariant($"{right} of 8 samples are correct")).And.NotContain("<dog>");
        JsonNode matrix = Figures(html).First(figure => (string?)figure["layout"]!["title"]!["text"] == "Confusion matrix");
        matrix["layout"]!["yaxis"]!["ticktext"]!.AsArray().Select(label => (string)label!)
            .Should().Equal(table.Labels.Select(label => label.Replace("<dog>", "&lt;dog&gt;", StringComparison.Ordinal)));
        html.Should().Contain("<h2>Coefficients</h2>");
    }

    [Fact]
    public void Fit_ManyClasses_HasTablesThatFitOnPaper()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i * 17 % 23},{i % 12}\n")));

        string html = Page("fit", _folder.Write("classes.csv", $"x,class\n{rows}"), "--target", "class", "--model", "softmax");

        string[] headers = [.. Regex.Matches(html, "<tr><th scope=\"col\">coefficient</th>(.*?)</tr>")
            .Select(header => header.Groups[1].Value)];
        int[] columns = [.. headers.Select(header => Regex.Count(header, "<th"))];
        columns.Sum().Should().Be(12);
        columns.Should().OnlyContain(count => count <= 8, "80 characters hold no more numbers of six digits beside a name");
    }

    [Fact]
    public void Fit_MoreSamplesThanAPictureHolds_ShowsSomeOfThemAndSaysSo()
    {
        string rows = string.Concat(Enumerable.Range(0, 8001).Select(i => FormattableString.Invariant($"{i},{3 * i + i % 2}\n")));

        string html = Page("fit", _folder.Write("long.csv", $"x,y\n{rows}"), "--target", "y");

        html.Should().Contain("Residuals of 8001 samples over their predictions. 400").And.Contain("of 8001 points are drawn.");
        Cells(html, "training")[0].Should().Be("8001");
    }

    [Fact]
    public void Compare_AllRuns_AreInOnePictureWithTheOptimum()
    {
        string html = Page("compare", "--epochs", "3");

        foreach (string picture in (string[])["Loss", "Loss above the optimum", "Learning rate", "Gradient norm"])
        {
            JsonNode figure = Figures(html).Single(one => (string?)one["layout"]!["title"]!["text"] == picture);
            figure["data"]!.AsArray().Select(trace => (string)trace!["meta"]!["series"]!).Distinct()
                .Should().Equal(PrintedTable.Names[..8]);
        }

        foreach (string name in PrintedTable.Names[..8])
            html.Should().Contain($"{name}, rate ");
        html.Should().Contain("MaxEpochs 3, Batching 32,").And.Contain("MaxEpochs 3, Batching full,");
        Cells(html, "analytic").Should().EndWith(["2859.70", "0", "QR"]);
    }

    [Theory]
    [InlineData("fit DATA --target target --report DATA", 2, "the same file as FILE")]
    [InlineData("compare DATA --target target --report DATA", 2, "the same file as FILE")]
    [InlineData("fit DATA --target target --save m.json --report ./m.json", 2, "the same file as --save")]
    [InlineData("fit DATA --target target --report FOLDER/none/r.html", 1, "its folder does not exist")]
    [InlineData("compare --report FOLDER/none/r.html", 1, "its folder does not exist")]
    [InlineData("compare --report FOLDER", 1, "is a directory")]
    [InlineData("compare --report", 2, "--report has no value")]
    public void Run_AReportThatCannotBe_IsRefusedBeforeTheWork(string commandLine, int exitCode, string complaint)
    {
        string data = _folder.PathOf("data.csv");
        File.Copy(ToolFolder.Diabetes, data);

        var gd = ToolProcess.Run(commandLine.Replace("DATA", data, StringComparison.Ordinal)
            .Replace("FOLDER", Path.GetDirectoryName(data), StringComparison.Ordinal).Split(' '));

        gd.ExitCode.Should().Be(exitCode);
        gd.Output.Should().BeEmpty();
        gd.Error.Should().Contain(complaint);
        File.ReadAllBytes(data).Should().Equal(File.ReadAllBytes(ToolFolder.Diabetes));
    }

    private static string[] Cells(string html, string row)
    {
        string cells = Regex.Match(html, $"<th scope=\"row\">{Regex.Escape(row)}</th>(.*?)</tr>", RegexOptions.Singleline).Groups[1].Value;
        return [.. Regex.Matches(cells, "<td[^>]*>(.*?)</td>").Select(cell => WebUtility.HtmlDecode(cell.Groups[1].Value))];
    }

    private static IEnumerable<JsonNode> Figures(string html) => JsonNode.Parse(
        Regex.Match(html, "<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value)!
        ["figures"]!.AsArray().Select(figure => figure!);

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private string Page(params string[] arguments)
    {
        string path = _folder.PathOf("report.html");
        var gd = ToolProcess.Run([.. arguments, "--report", path]);
        gd.ExitCode.Should().Be(0, gd.Error);
        gd.ErrorLines[^1].Should().Be($"gd: the report is in '{path}'.");
        return Script().Replace(File.ReadAllText(path), "<script></script>");
    }

    /// <summary>The programs of the page, which would fill the message of a test that fails.</summary>
    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}

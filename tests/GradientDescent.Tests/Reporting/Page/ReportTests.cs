using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Reporting;

public class ReportTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)> \"quoted\"";

    private static readonly string _html = MakeHtml();

    [Fact]
    public void ToHtml_NamesNothingOutsideTheFile() =>
        _html.Should().NotContain("http:").And.NotContain("https:").And.NotContain("//cdn").And.NotContain(
            " src=x onerror=alert(1)>").And.NotContain("url(").And.NotContain("@import").And.NotContain("<link");

    [Fact]
    public void ToHtml_AllowsItsOwnScriptAndStyleByHashAndNothingElse()
    {
        string policy = Regex.Match(_html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;

        policy.Should().StartWith("default-src 'none';").And.NotContain("unsafe");
        policy.Should().Contain($"style-src '{Hash(Element("<style>", "</style>"))}'").And.Contain(
            $"script-src '{Hash(Element("<script>", "</script>"))}'");
        _html.Should().NotContain(" style=\"", "the policy would block it");
        Regex.IsMatch(_html, "<[^>]* on[a-z]+=\"").Should().BeFalse("the policy would block it");
    }

    [Fact]
    public void ToHtml_WithAHostileName_KeepsItAsText()
    {
        Regex.Matches(_html, "<script").Should().HaveCount(2);
        Regex.Matches(_html, "</script").Should().HaveCount(2);
        _html.Should().NotContain("<img");
        using var data = JsonDocument.Parse(Element("<script type=\"application/json\" id=\"data\">", "</script>"));
        data.RootElement[0].GetProperty("series")[1].GetProperty("name").GetString().Should().Be(Hostile);
    }

    [Fact]
    public void ToHtml_SaysHowEachRunEndedAndWithWhichSettings() =>
        _html.Should().Contain("<td>MaxSteps</td>").And.Contain("⚠ Diverged").And.Contain("MaxSteps after 50 steps").And.Contain(
            "rate 0.01").And.Contain("<td class=\"number\">17</td>");

    [Fact]
    public void ToHtml_GivesAPathTheColourAndTheSwitchOfItsRun() =>
        Regex.Matches(_html[_html.IndexOf("<h2>Paths</h2>", StringComparison.Ordinal)..], "<g class=\"s0\" data-run=\"0\">").Should()
            .NotBeEmpty();

    [Fact]
    public void ToHtml_OfAFit_HasItsResidualsTheirHistogramAndTheirQuantiles() =>
        Regex.Matches(_html[_html.IndexOf("<h2>Fit</h2>", StringComparison.Ordinal)..], "class=\"title\">(Residuals[^<]*)<")
            .Select(title => title.Groups[1].Value)
            .Should().Equal("Residuals", "Residuals, histogram", "Residuals, normal quantiles");

    [Fact]
    public void Add_ASecondRunOfTheSameName_IsRefused()
    {
        ReportRun run = Run("Adam", new Adam(0.01)).Run;

        FluentActions.Invoking(() => new Report("twice").Add(run).Add(run)).Should().Throw<ArgumentException>().WithMessage("*'Adam'*");
    }

    [Fact]
    public void ToHtml_WithNotesAndTables_ShowsThemAsText()
    {
        string html = new Report("figures") { Notes = [Hostile] }.AddTable("Figures", ["name", "a<b"], ["row & co", "1.5"], ["last", "2"])
            .ToHtml();

        html.Should().Contain("<p>&lt;/script&gt;&lt;img src=x").And.Contain("<h2>Figures</h2>").And.Contain(
            "<th scope=\"col\" class=\"number\">a&lt;b</th>");
        html.Should().Contain("<th scope=\"row\">row &amp; co</th><td class=\"number\">1.5</td>").And.NotContain("<div class=\"charts\">");
    }

    [Fact]
    public void AddTable_AnEmptyHeaderOrARowOfAnotherLength_IsRefused()
    {
        var report = new Report("figures");

        report.Invoking(r => r.AddTable("Figures", [])).Should().Throw<ArgumentException>().WithMessage("header is empty*");
        report.Invoking(r => r.AddTable("Figures", ["a", "b"], ["1", "2"], ["3"])).Should().Throw<ArgumentException>()
            .WithMessage("rows[1] has 1 strings: it must have 2*");
        report.ToHtml().Should().NotContain("Figures");
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

    private static string Element(string start, string end)
    {
        int from = _html.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return _html[from.._html.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static (ReportRun Run, Trajectory Path) Run(string name, IOptimizer optimizer)
    {
        var log = new TrainingLog();
        TrainingRun run = new Trainer(optimizer, new TrainingOptions { MaxSteps = 50, Observers = [log] })
            .CreateRun(TestFunctions.Rosenbrock, [-1.2, 1]);
        var path = Trajectory.From(name, run);
        return (new ReportRun(name, run.Result)
        {
            Settings = FormattableString.Invariant($"rate {optimizer.LearningRate}"),
            Seed = 17,
            Reports = log.Reports
        }, path);
    }

    private static string MakeHtml()
    {
        (ReportRun adam, Trajectory path) = Run("Adam", new Adam(0.01));
        (ReportRun diverged, _) = Run(Hostile, new BatchGD(1));
        return new Report(Hostile).Add(adam).Add(diverged)
            .AddFit("Fit", [1, 2, 3], [1.1, 1.9, 3.2])
            .Add("Paths", Charts.Contours(TestFunctions.Rosenbrock, path))
            .ToHtml();
    }
}

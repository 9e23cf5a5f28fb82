using System.Text.Json;

namespace GradientDescent.Tests.Tool;

/// <summary>How well a classifier of <c>gd fit</c> predicts, as text, JSON and page.</summary>
public sealed class ClassifierReportTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_TwoLabelsAndHeldOutSamples_JudgesTheHeldOutSamples()
    {
        var gd = ToolProcess.Run("fit", BreastCancer, "--target", "target", "--validate", "0.3", "--penalty", "l2=0.01");

        (Dataset held, Dataset training) = Dataset.FromCsv(BreastCancer, "target").SplitByClass(0.3);
        ClassificationReport expected = LogisticRegression.Fit(training, penalty: new L2Penalty(0.01)).Report(held);
        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
        gd.Output.Should().Contain("On the 171 validation samples, which the fit has not seen:")
            .And.Contain("(always '1': 62.57 %)").And.Contain(Invariant($"area under the ROC curve {expected.Roc.Area:G6} (95 % interval"))
            .And.Contain(Invariant($"Brier score {expected.BrierScore:G6}"));
        Row(gd.Output, "true \\ predicted", 2).Should().Equal(
            "1", Invariant($"{expected.Confusion[1, 0]}"), Invariant($"{expected.Confusion[1, 1]}"));
    }

    [Fact]
    public void Fit_WithoutHeldOutSamples_SaysThatTheFitHasSeenThem()
    {
        var gd = ToolProcess.Run("fit", ToolFolder.Iris, "--target", "target", "--model", "softmax", "--penalty", "l2=0.01");

        gd.Output.Should().Contain("On the 150 training samples of the fit itself").And.NotContain("area under");
        Row(gd.Output, "class", 1)[0].Should().Be("0");
        gd.Output.Should().Contain("macro average").And.Contain("weighted average");
    }

    [Fact]
    public void Fit_ManyClasses_PrintsTheWorstConfusions()
    {
        // Classes of which every second one has no effect of x: they are confused.
        IEnumerable<string> rows = Enumerable.Range(0, 120).Select(i => Invariant($"{i % 12 / 2},c{i % 12:00}"));
        string file = _folder.Write("many.csv", $"x,y\n{string.Join('\n', rows)}\n");

        var gd = ToolProcess.Run("fit", file, "--target", "y", "--penalty", "l2=0.001");

        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
        gd.Output.Should().Contain("predicted as").And.Contain("smallest F1").And.NotContain("true \\ predicted");
    }

    [Fact]
    public void Fit_Json_HasTheWholeReport()
    {
        var gd = ToolProcess.Run("fit", BreastCancer, "--target", "target", "--penalty", "l2=0.01", "--json");

        var data = Dataset.FromCsv(BreastCancer, "target");
        ClassificationReport expected = LogisticRegression.Fit(data, penalty: new L2Penalty(0.01)).ReportOnTrainingData();
        JsonElement training = JsonDocument.Parse(gd.Output).RootElement.GetProperty("training");
        training.GetProperty("auc").GetDouble().Should().Be(expected.Roc.Area);
        training.GetProperty("aucLower").GetDouble().Should().Be(expected.Roc.Interval().Lower);
        training.GetProperty("aucNote").ValueKind.Should().Be(JsonValueKind.Null);
        training.GetProperty("confusion")[0][1].GetDouble().Should().Be(expected.Confusion[0, 1]);
        training.GetProperty("classes")[1].GetProperty("recall").GetDouble().Should().Be(expected.Classes[1].Recall);
        training.GetProperty("macroAverage").GetProperty("f1").GetDouble().Should().Be(expected.MacroAverage.F1);
        training.GetProperty("baselineAccuracy").GetDouble().Should().Be(357.0 / 569, "the file has 357 samples of class 1");
    }

    [Fact]
    public void Fit_Page_HasATableOfTheClasses()
    {
        string page = _folder.PathOf("page.html");

        ToolProcess.Run("fit", ToolFolder.Iris, "--target", "target", "--model", "softmax", "--penalty", "l2=0.01", "--report", page);

        File.ReadAllText(page).Should().Contain("precision").And.Contain("weighted average");
    }

    private static string BreastCancer => Path.Combine(AppContext.BaseDirectory, "Files", "breast_cancer.csv");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string[] Row(string output, string header, int after)
    {
        string[] lines = output.Split('\n');
        int line = Array.FindIndex(lines, line => line.StartsWith(header, StringComparison.Ordinal));
        return lines[line + after].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}

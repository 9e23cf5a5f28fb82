using System.Text.Json;

namespace GradientDescent.Tests.Tool;

/// <summary><c>gd fit --history</c> and <c>gd runs</c>.</summary>
public sealed class RunsTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    private string History => _folder.PathOf("runs.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fit_WithHistory_RecordsWhatItPrinted()
    {
        string model = _folder.PathOf("m.json");

        var fit = ToolProcess.Run(
            "fit", ToolFolder.Diabetes, "--target", "target", "--validate", "0.2", "--seed", "7", "--save", model, "--json",
            "--history", History, "--name", "all", "--tag", "team=a", "--tag", "note=x=y");

        fit.ExitCode.Should().Be(0, fit.Error);
        fit.ErrorLines[^1].Should().Be($"gd: the run was added to '{History}' as number 1.");
        JsonElement printed = JsonOutput.Root(fit.Output), run = JsonOutput.Root(ToolProcess.Run("runs", History, "--json").Output)[0];
        run.GetProperty("loss").GetDouble().Should().Be(printed.GetProperty("run").GetProperty("loss").GetDouble());
        foreach (string part in new[] { "training", "validation" })
        {
            run.GetProperty(part).GetProperty("rmse").GetDouble()
                .Should().Be(printed.GetProperty(part).GetProperty("rmse").GetDouble());
        }

        run.GetProperty("saved").GetString().Should().Be(model);
        run.GetProperty("seed").GetInt64().Should().Be(7);
        run.GetProperty("tags").ToString().Should().Contain("\"x=y\"").And.Contain("\"team\"");
    }

    [Fact]
    public void Fit_HistoryCannotBeWritten_PrintsTheResultsAndAnError()
    {
        string file = _folder.Write("runs.db", new string('x', 2000));

        var fit = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--history", file);

        fit.ExitCode.Should().Be(1);
        fit.Output.Should().Contain("Converged");
        fit.ErrorLines[^1].Should().StartWith("gd: The run was not added to the history.").And.Contain("no SQLite file");
    }

    [Fact]
    public async Task Fits_AtTheSameTime_AreAllRecorded()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(
            () => ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--history", History).ExitCode.Should().Be(0))));

        JsonOutput.Root(ToolProcess.Run("runs", History, "--json").Output).GetArrayLength().Should().Be(3);
    }

    [Fact]
    public void Runs_ATable_HasAtMost80ColumnsAndSortsTheBestFirst()
    {
        Add(
            new RunRecord
            {
                Name = new string('n', 100),
                Model = "SoftmaxRegression",
                Optimizer = "NonlinearConjugateGradient",
                Loss = -1e300,
            },
            Judged("middle", 0.5),
            Judged("best", 0.9),
            Judged("worst", 0.1));

        var runs = ToolProcess.Run("runs", History, "--sort", "ACCURACY");

        runs.ExitCode.Should().Be(0, runs.Error);
        string[] lines = runs.Output.TrimEnd().Split('\n');
        lines.Should().HaveCount(5).And.OnlyContain(line => line.Length <= 80);
        lines.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Take(3)
            .Should().Equal("best", "middle", "worst");
    }

    [Fact]
    public void Runs_TwoNumbers_ShowOnlyWhatDiffers()
    {
        Add(
            new RunRecord { Name = "a", Model = "M", Settings = "Adam, rate 0.1, Seed 1", Steps = 3 },
            new RunRecord { Name = "b", Model = "M", Settings = "Adam, rate 0.2, Seed 1", Steps = 3 });

        var runs = ToolProcess.Run("runs", History, "1", "2");

        runs.Output.TrimEnd().Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .Should().Equal("run 1 run 2", "name a b", "settings rate 0.1 rate 0.2");
        ToolProcess.Run("runs", History, "2").Output.Should().Contain("Adam, rate 0.2, Seed 1");
    }

    [Fact]
    public void Runs_Filtered_ReportsAndLimits()
    {
        Add([.. Enumerable.Range(0, 30).Select(i => new RunRecord { Name = $"<{i}>", Target = i < 25 ? "t" : "u" }.WithTag("i", $"{i}"))]);
        string page = _folder.PathOf("runs.html");

        var runs = ToolProcess.Run("runs", History, "--target", "t", "--report", page);

        runs.Output.TrimEnd().Split('\n').Should().HaveCount(21);
        runs.Error.Should().Contain("gd: 20 of 25 runs; --limit 25 shows all.");
        File.ReadAllText(page).Should().Contain("&lt;0&gt;").And.Contain("&lt;24&gt;").And.NotContain("&lt;25&gt;");
        JsonOutput.Root(ToolProcess.Run("runs", History, "--tag", "i=7", "--json").Output)[0].GetProperty("name").GetString()
            .Should().Be("<7>");
        ToolProcess.Run("runs", History, "--target", "none").Error.Should().Contain("has no such runs");
    }

    [Theory]
    [InlineData(1, "has no run 9", "9")]
    [InlineData(2, "ID is 'x': it must be the number of a run", "x")]
    [InlineData(2, "--tag is 'q': it must be KEY=VALUE", "--tag", "q")]
    [InlineData(2, "--sort applies to the list", "1", "--sort", "loss")]
    [InlineData(1, "--sort is 'los': did you mean loss?", "--sort", "los")]
    public void Runs_WrongArguments_AreNamed(int exitCode, string message, params string[] arguments)
    {
        Add(new RunRecord());

        var runs = ToolProcess.Run(["runs", History, .. arguments]);

        runs.ExitCode.Should().Be(exitCode);
        runs.Error.Should().Contain(message);
    }

    [Fact]
    public void Runs_OfAMissingFile_CreateNone()
    {
        var runs = ToolProcess.Run("runs", History);

        (runs.ExitCode, runs.Error).Should().Be((1, $"gd: '{History}' does not exist.\n"));
        File.Exists(History).Should().BeFalse();
    }

    [Fact]
    public void Fit_ANameWithoutHistory_IsWrongUsage()
    {
        var fit = ToolProcess.Run("fit", ToolFolder.Diabetes, "--target", "target", "--name", "x");

        (fit.ExitCode, fit.ErrorLines[0]).Should().Be((2, "gd: --name needs --history: it describes the run there."));
    }

    [Fact]
    public void Help_OfRuns_FitsInto80Columns() =>
        ToolProcess.Run("runs", "--help").Output.Split('\n').Should().Contain("Examples:").And.OnlyContain(line => line.Length <= 80);

    private static RunRecord Judged(string name, double accuracy)
    {
        var run = new RunRecord { Name = name };
        return run with { TrainingMetrics = run.TrainingMetrics.Add("accuracy", accuracy) };
    }

    private void Add(params RunRecord[] runs)
    {
        using RunHistory history = RunHistory.Open(History);
        foreach (RunRecord run in runs)
            history.Add(run);
    }
}

using System.Text.Json;

namespace GradientDescent.Tests.Tool;

/// <summary><c>gd compare --json</c> and <c>gd nist --json</c>: their fields are a promise.</summary>
public class ComparisonJsonTests
{
    [Fact]
    public void Compare_Json_HasTheOptimumAndEveryRun()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Files", "nist", "norris.csv");

        var gd = ToolProcess.Run("compare", file, "--target", "y", "--epochs", "7", "--seed", "3", "--json");

        gd.ExitCode.Should().Be(0, gd.Error);
        gd.Error.Should().BeEmpty();
        JsonElement root = JsonOutput.Root(gd.Output);
        JsonOutput.Names(root).Should().Equal("data", "target", "samples", "features", "optimum", "runs", "notRun", "notes", "report");
        root.GetProperty("data").GetString().Should().Be("norris.csv");
        JsonOutput.Names(root.GetProperty("optimum")).Should().Equal("loss", "startLoss", "gapUnit", "seconds");

        // NIST certifies s² = Σr²/(n − 2) with n = 36; the loss is Σr²/n.
        double certified = 0.884796396144373 * 0.884796396144373 * 34 / 36;
        JsonOutput.Number(gd.Output, "optimum", "loss").Should().BeApproximately(certified, 1e-10 * certified);
        JsonElement[] runs = [.. root.GetProperty("runs").EnumerateArray()];
        runs.Select(run => run.GetProperty("optimizer").GetString()).Should().Equal(PrintedTable.Names[..8]);
        runs.Should().AllSatisfy(run =>
        {
            JsonOutput.Names(run).Should()
                .Equal("optimizer", "batch", "rate", "schedule", "seed", "gap", "reason",
                    "stop", "diagnosis", "steps", "epochs", "loss", "gradientNorm", "seconds");
            run.GetProperty("seed").GetInt64().Should().Be(3);
            run.GetProperty("epochs").GetInt64().Should().BeLessThanOrEqualTo(7);
            double loss = run.GetProperty("loss").GetDouble(), optimum = JsonOutput.Number(gd.Output, "optimum", "loss"),
                unit = JsonOutput.Number(gd.Output, "optimum", "gapUnit");
            run.GetProperty("gap").GetDouble().Should().Be((loss - optimum) / unit);
        });
    }

    [Fact]
    public void Nist_Json_HasTheDigitsOfEveryMethod()
    {
        var gd = ToolProcess.Run("nist", "--json");

        gd.ExitCode.Should().Be(0);
        JsonElement[] sets = [.. JsonOutput.Root(gd.Output).EnumerateArray()];
        sets.Should().HaveCount(11);
        sets.Should().AllSatisfy(set =>
        {
            JsonOutput.Names(set).Should().Equal("set", "samples", "coefficients", "fit", "accurate", "firstOrder", "qr");
            JsonOutput.Names(set.GetProperty("fit")).Should().Equal("digits", "standardErrorDigits");
            JsonOutput.Names(set.GetProperty("accurate")).Should()
                .StartWith(["digits", "standardErrorDigits", "reason", "stop", "diagnosis", "steps"]);
            set.GetProperty("accurate").GetProperty("digits").GetDouble().Should().BeInRange(13, 16);
        });
    }
}

using System.Diagnostics;

namespace GradientDescent.Tests.Tool;

public class ToolProcessTests
{
    [Fact]
    public void Compare_NoArguments_BringsAllToTheOptimumInPlainLines()
    {
        var gd = ToolProcess.Run("compare");

        gd.ExitCode.Should().Be(0);
        gd.Error.Should().BeEmpty();
        gd.Output.Should().NotContain("\u001b");
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
        var table = PrintedTable.Parse(gd.Output);
        table.Rows.Select(row => row[0]).Should().Equal(PrintedTable.Names);
        table.Cell(0, "ended by").Should().Be("Converged");
        Enumerable.Range(0, 8).Should().OnlyContain(i => table.Cell(i, "gap") == "<1e-12" || table.Number(i, "gap") < 1e-5);
    }

    [Theory]
    [InlineData("de_DE.UTF-8")]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("C.UTF-8")]
    public void Compare_OtherLocaleOrAgain_PrintsTheSame(string locale)
    {
        var expected = PrintedTable.Parse(ToolProcess.Run("compare", "--epochs", "5", "--wide").Output);

        PrintedTable.Parse(ToolProcess.RunIn(locale, "compare", "--epochs", "5", "--wide").Output).Timeless.Should()
            .Equal(expected.Timeless);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("compare --help")]
    [InlineData("")]
    public void Help_AskedFor_ShowsExamplesWithin80Columns(string commandLine)
    {
        var gd = ToolProcess.Run(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Contain("Examples:").And.Contain("gd compare houses.csv --target price");
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
    }

    [Fact]
    public void Compare_TextInAColumn_Is1AndOneLine()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Golden", "losses.json");

        var gd = ToolProcess.Run("compare", path, "--target", "y");

        gd.ExitCode.Should().Be(1);
        gd.Output.Should().BeEmpty();
        gd.ErrorLines.Should().ContainSingle().Which.Should().Contain("losses.json");
    }

    [Fact]
    public void Compare_MissingFile_Is1AndOneLine()
    {
        var gd = ToolProcess.Run("compare", "nowhere.csv", "--target", "y");

        gd.ExitCode.Should().Be(1);
        gd.ErrorLines.Should().ContainSingle().Which.Should().Contain("nowhere.csv");
    }

    [Fact]
    public void Compare_UnknownOption_Is2()
    {
        var gd = ToolProcess.Run("compare", "--fast");

        gd.ExitCode.Should().Be(2);
        gd.ErrorLines.Should().HaveCount(2);
        gd.Error.Should().Contain("--fast").And.Contain("gd compare --help");
    }

    [Fact]
    public void Compare_Interrupted_PrintsTheTableSoFarAndIs130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals to send.");
        var start = new ProcessStartInfo("dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "gd.dll"), "compare", "--epochs", "100000000"])
        {
            RedirectStandardOutput =
            true
        };
        using Process process = Process.Start(start)!;

        ToolProcess.InterruptTraining(process); // BatchGD converges within that time; SGD, which has no tolerance, does not end
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.Should().Be(130);
        output.Should().Contain("Interrupted. Not run: ").And.Contain("Cancelled").And.Contain("analytic");
    }
}

using System.Globalization;

namespace GradientDescent.Tests.Tool;

/// <summary><c>gd rate</c> as a process of its own.</summary>
public sealed class RateTests
{
    [Fact]
    public void Rate_Adam_PrintsTheRatesOfTheLibrary()
    {
        ToolProcess gd = ToolProcess.Run("rate", ToolFolder.Diabetes, "--target", "target", "--seed", "3");

        var expected = LearningRateRange.Run(
            new Adam(), new LinearRegression(), Dataset.FromCsv(ToolFolder.Diabetes, "target"), options: new() { Seed = 3 });
        gd.ExitCode.Should().Be(0);
        gd.Output.Should().Contain("Adam: suggested rate ").And.Contain(string.Create(
            CultureInfo.InvariantCulture, $"gd fit --optimizer adam --rate {expected.Suggested:G3} --schedule cosine"));
        gd.Output.Split('\n').Should().OnlyContain(line => line.Length <= 80);
    }

    [Fact]
    public void Rate_Report_HasThePicture()
    {
        using var folder = new ToolFolder();

        ToolProcess gd = ToolProcess.Run(
            "rate", ToolFolder.Iris, "--target", "target", "--optimizer", "momentum", "--report", folder.PathOf("rates.html"));

        gd.ExitCode.Should().Be(0);
        File.ReadAllText(folder.PathOf("rates.html")).Should().Contain("Rate range test").And.Contain("<svg ");
    }

    [Theory]
    [InlineData("--optimizer lbfgs", 2, "must be one of batchgd")]
    [InlineData("--min 0", 2, "--min is '0': it must be a number greater than 0.")]
    [InlineData("--steps 1", 2, "--steps is '1': it must be a whole number from 2")]
    [InlineData("--min 2 --max 1", 2, "--max is 1: it must be greater than --min, 2.")]
    public void Rate_BadOption_IsRefusedByName(string options, int exitCode, string message)
    {
        ToolProcess gd = ToolProcess.Run(["rate", ToolFolder.Diabetes, "--target", "target", .. options.Split(' ')]);

        gd.ExitCode.Should().Be(exitCode);
        gd.Error.ReplaceLineEndings(" ").Should().Contain(message);
    }
}

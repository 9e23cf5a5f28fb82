using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;
using GradientDescent.Tests.Tool;

namespace GradientDescent.Tests.Mpi;

/// <summary>The tool under a launcher: <c>gd fit</c> divides its work, and the output is that of one process.</summary>
[Collection("MPI jobs")]
public sealed partial class ToolOnRanksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static readonly string _data = Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv");

    public static TheoryData<string> Implementations => [.. MpiJob.Implementations];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Implementations))]
    public void Fit_PrintsAndSavesWhatOneProcessDoes(string implementation)
    {
        string saved = Path.Combine(_folder, "ranks.json"), alone = Path.Combine(_folder, "alone.json");
        var expected = ToolProcess.Run("fit", _data, "--target", "target", "--json", "--save", alone);

        (int exitCode, string output, string error) = MpiJob.RunTool(
            implementation, 2, "fit", _data, "--target", "target", "--json", "--save", saved);

        exitCode.Should().Be(0, error);
        Comparable(output).Should().Be(Comparable(expected.Output.Replace(alone, saved)));
        File.ReadAllBytes(saved).Should().Equal(File.ReadAllBytes(alone));
    }

    [Fact]
    public void Fit_WithMiniBatchesAndValidation_PrintsWhatOneProcessDoes()
    {
        string[] arguments = ["fit", _data, "--target", "target", "--optimizer", "adam", "--epochs", "5", "--validate", "0.2"];

        (int exitCode, string output, string error) = MpiJob.RunTool("Open MPI", 2, arguments);

        exitCode.Should().Be(0, error);
        Comparable(output).Should().Be(Comparable(ToolProcess.Run(arguments).Output));
    }

    [Fact]
    public void OtherCommands_RunOnRankZeroAlone()
    {
        (int exitCode, string output, _) = MpiJob.RunTool("Open MPI", 2, "--version");

        exitCode.Should().Be(0);
        output.Trim().Should().NotContain("\n");
    }

    [Fact]
    public void AMissingFile_IsToldOnce()
    {
        (int exitCode, _, string error) = MpiJob.RunTool("Open MPI", 2, "fit", "no-such-file.csv", "--target", "y");

        exitCode.Should().Be(1);
        Regex.Count(error, "no-such-file").Should().Be(1);
    }

    /// <summary>The output without times, in the line ends of this system: the launcher passes it through a terminal.</summary>
    private static string Comparable(string output) => Times().Replace(output.ReplaceLineEndings("\n"), "time");

    [GeneratedRegex("\"seconds\": [^,\n]+")]
    private static partial Regex Times();
}

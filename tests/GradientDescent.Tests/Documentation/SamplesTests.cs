using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>
/// Each sample prints what stands at its end. The first one, and those with arguments or packages, are run by their command; the others are
/// compiled as one program, because each command builds for many seconds.
/// </summary>
[Collection("Programs that are built")]
public partial class SamplesTests
{
    private const string Heading = "\n// Prints:\n";

    private static readonly string _folder = Repository.PathOf("samples");

    private static readonly string[] _samples =
        [.. Directory.GetFiles(_folder, "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static readonly string[] _together = [.. _samples.Where(sample => sample != "fit-a-line.cs" && IsPlain(TextOf(sample)))];

    private static readonly Lazy<Dictionary<string, string>> _printed = new(() => _together
        .Zip(Programs.Run([.. _together.Select(sample => (sample, CodeOf(sample)))])).ToDictionary());

    public static TheoryData<string> Samples => [.. _samples];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_Run_PrintsWhatStandsAtItsEnd(string sample)
    {
        string[] parts = TextOf(sample).Split(Heading);

        string output = _together.Contains(sample) ? _printed.Value[sample] : PrintedByCommand(sample);

        parts.Should().HaveCount(2);
        string.Concat(output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => $"// {line}".TrimEnd() + "\n")).Should()
            .Be(parts[1]);
    }

    [Fact]
    public void ThePageOnChoosing_QuotesTheTableOfRates()
    {
        string printed = TextOf("try-rates.cs").Split(Heading)[1];

        File.ReadAllText(Repository.PathOf("docs", "choosing-an-optimizer.md")).ReplaceLineEndings("\n").Should()
            .Contain("\n\n" + printed.Replace("// ", "") + "\n");
    }

    [Fact]
    public void TheList_NamesEverySample() =>
        _samples.Should().NotBeEmpty().And.OnlyContain(sample =>
            File.ReadAllText(Path.Combine(_folder, "README.md")).Contains($"]({sample})", StringComparison.Ordinal));

    private static string PrintedByCommand(string sample)
    {
        (int exitCode, string output, string error) = ChildProcess.Run(
            "dotnet", ["run", "-c", "Release", sample], _folder, new() { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });

        exitCode.Should().Be(0, output + error);
        return output;
    }

    private static bool IsPlain(string text) =>
        !text.Contains("args", StringComparison.Ordinal) && !text.Contains("#:package", StringComparison.Ordinal);

    /// <summary>The code without directives, with paths that do not depend on the folder it is run in.</summary>
    private static string CodeOf(string sample) => Directives().Replace(TextOf(sample).Split(Heading)[0] + "\n", "")
        .Replace("\"../", $"\"{Repository.Root.Replace('\\', '/')}/", StringComparison.Ordinal);

    private static string TextOf(string sample) => File.ReadAllText(Path.Combine(_folder, sample)).ReplaceLineEndings("\n");

    [GeneratedRegex("^#:.*\n", RegexOptions.Multiline)]
    private static partial Regex Directives();
}

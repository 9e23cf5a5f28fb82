using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>Each sample prints what stands at its end.</summary>
[Collection("Programs that are built")]
public class SamplesTests
{
    private const string Heading = "\n// Prints:\n";

    private static readonly string _folder = Repository.PathOf("samples");

    private static readonly string[] _samples =
        [.. Directory.GetFiles(_folder, "*.cs").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Samples => [.. _samples];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Sample_Run_PrintsWhatStandsAtItsEnd(string sample)
    {
        string[] parts = File.ReadAllText(Path.Combine(_folder, sample)).ReplaceLineEndings("\n").Split(Heading);

        (int exitCode, string output, string error) = ChildProcess.Run(
            "dotnet", ["run", "-c", "Release", sample], _folder, new() { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });

        exitCode.Should().Be(0, output + error);
        parts.Should().HaveCount(2);
        string.Concat(output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => $"// {line}".TrimEnd() + "\n")).Should()
            .Be(parts[1]);
    }

    [Fact]
    public void ThePageOnChoosing_QuotesTheTableOfRates()
    {
        string printed = File.ReadAllText(Path.Combine(_folder, "try-rates.cs")).ReplaceLineEndings("\n").Split(Heading)[1];

        File.ReadAllText(Repository.PathOf("docs", "choosing-an-optimizer.md")).ReplaceLineEndings("\n").Should()
            .Contain("\n\n" + printed.Replace("// ", "") + "\n");
    }

    [Fact]
    public void TheList_NamesEverySample() =>
        _samples.Should().NotBeEmpty().And.OnlyContain(sample =>
            File.ReadAllText(Path.Combine(_folder, "README.md")).Contains($"]({sample})", StringComparison.Ordinal));
}

using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Conventions;

/// <summary>The tables of presets in docs/coming-from.md: each row is compiled and run.</summary>
[Collection("Programs that are built")]
public partial class ConventionTableTests
{
    private static readonly Match[] _rows = [.. Row().Matches(File.ReadAllText(Repository.PathOf("docs", "coming-from.md"))).Cast<Match>()];

    [Fact]
    public void EveryPreset_HasARow() => _rows.Select(row => row.Groups["name"].Value).Distinct().Should()
        .BeEquivalentTo(Presets.All.Select(preset => $"{preset.DeclaringType!.Name}.{preset.Name}"));

    [Fact]
    public void EveryPreset_IsWhatItsRowSaysItIsWithoutThePreset()
    {
        string code = "using GradientDescent;\n" + string.Concat(_rows.Select(
            row => $"Console.WriteLine({row.Groups["preset"].Value});\nConsole.WriteLine(new {row.Groups["plain"].Value});\n"));

        string[] printed = Programs.Run([("tables of presets", code)])[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        printed.Should().HaveCount(2 * _rows.Length);
        printed.Where((_, i) => i % 2 == 0).Should().Equal(printed.Where((_, i) => i % 2 == 1));
    }

    [GeneratedRegex(
        @"^\| `[^`]+` \| `(?<preset>Conventions\.(?<name>\w+\.\w+)\([^`]*\))` \| `(?<plain>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>
/// What the README and the pages show is what happens: each program is run as it stands there, and prints what stands below it.
/// </summary>
[Collection("Programs that are built")]
public partial class ReadmeTests
{
    private static readonly Dictionary<string, string> _pages = new[]
    {
        [Repository.PathOf("README.md")],
        Directory.GetFiles(Repository.PathOf("docs"), "*.md"),
        Directory.GetFiles(Repository.PathOf("src"), "README.md", SearchOption.AllDirectories),
    }
        .SelectMany(pages => pages)
        .Select(page => (Name: Path.GetRelativePath(Repository.Root, page).Replace('\\', '/'), Text: File.ReadAllText(page)
            .ReplaceLineEndings("\n")))
        .Where(page => page.Text.Contains("```csharp"))
        .ToDictionary(page => page.Name, page => page.Text);

    private static readonly (string Name, Match Match)[] _programs =
        [.. _pages.SelectMany(page => Program().Matches(page.Value).Select((program, i) => ($"{page.Key}, program {i + 1}", program)))];

    private static readonly Lazy<string[]> _printed =
        new(() => Programs.Run([.. _programs.Select(program => (program.Name, program.Match.Groups["code"].Value))]));

    public static TheoryData<string> Pages => [.. _pages.Keys];

    public static TheoryData<string> Names => [.. _programs.Select(program => program.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryProgram_HasItsOutputBelowIt(string page) =>
        Program().Count(_pages[page]).Should().Be(_pages[page].Split("```csharp\n").Length - 1).And.BePositive();

    [Theory]
    [MemberData(nameof(Names))]
    public void Program_RunAsItStands_PrintsWhatThePageSays(string name)
    {
        int index = Array.FindIndex(_programs, program => program.Name == name);

        _printed.Value[index].Should().Be(_programs[index].Match.Groups["output"].Value);
    }

    [Fact]
    public void TheTables_NameEveryOptimizerScheduleAndLoss()
    {
        NamesOf(typeof(IOptimizer), withAbstract: false)
            .Should().OnlyContain(name => _pages["docs/optimizers.md"].Contains($"\n| {name} |", StringComparison.Ordinal));
        NamesOf(typeof(Optimizer)).Should().OnlyContain(name => _pages["docs/coming-from.md"].Contains(name, StringComparison.Ordinal));
        NamesOf(typeof(ISchedule)).Should().OnlyContain(name => _pages["docs/schedules.md"].Contains(name, StringComparison.Ordinal));
        NamesOf(typeof(ILoss), withAbstract: false)
            .Should().OnlyContain(name => _pages["docs/losses.md"].Contains($"| {name.TrimEnd('`')}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> NamesOf(Type kind, bool withAbstract = true) => typeof(Optimizer).Assembly.GetExportedTypes()
        .Where(type => type != kind && type.IsAssignableTo(kind) && (withAbstract || !type.IsAbstract))
        .Select(type => $"`{type.Name}`");

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```\n+```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}

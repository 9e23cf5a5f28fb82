using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>What the README and the pages it leads to show is what happens: each program is run as it stands there, and prints what stands below it.</summary>
[Collection("Programs that are built")]
public partial class ReadmeTests
{
    private static readonly Dictionary<string, string> _pages = new[]
    {
        "README.md", "docs/schedules.md", "docs/training.md", "docs/losses.md", "docs/models.md", "docs/accuracy.md",
        "docs/choosing-an-optimizer.md", "docs/reproducibility.md", "docs/writing-your-own.md", "docs/coming-from.md",
        "docs/reporting.md", "src/GradientDescent.Reporting/README.md",
    }
        .ToDictionary(page => page, page => File.ReadAllText(Repository.PathOf(page)).ReplaceLineEndings("\n"));

    public static TheoryData<string> Pages => [.. _pages.Keys];

    public static TheoryData<string, int> Programs
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach ((string page, string text) in _pages)
            {
                for (int i = 0; i < Program().Count(text); i++)
                    all.Add(page, i);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryProgram_HasItsOutputBelowIt(string page) =>
        Program().Count(_pages[page]).Should().Be(_pages[page].Split("```csharp\n").Length - 1).And.BePositive();

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_RunAsItStands_PrintsWhatThePageSays(string page, int index)
    {
        Match program = Program().Matches(_pages[page])[index];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gd-readme-");
        try
        {
            string file = Path.Combine(folder.FullName, "program.cs");
            string name = program.Groups["code"].Value.Contains("using GradientDescent.Reporting;", StringComparison.Ordinal) ? "GradientDescent.Reporting" : "GradientDescent";
            string project = Repository.PathOf("src", name, $"{name}.csproj");
            File.WriteAllText(file, $"#:project {project}\n#:property PublishAot=false\n{program.Groups["code"].Value}");
            File.Copy(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"), Path.Combine(folder.FullName, "diabetes.csv"));

            (int exitCode, string output, string error) = ChildProcess.Run(
                "dotnet", ["run", "-c", "Release", file], folder.FullName, new() { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });

            exitCode.Should().Be(0, output + error);
            output.ReplaceLineEndings("\n").Should().Be(program.Groups["output"].Value);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void TheTables_NameEveryOptimizerScheduleAndLoss()
    {
        NamesOf(typeof(Optimizer)).Should().OnlyContain(name => _pages["README.md"].Contains(name, StringComparison.Ordinal));
        NamesOf(typeof(ISchedule)).Should().OnlyContain(name => _pages["docs/schedules.md"].Contains(name, StringComparison.Ordinal));
        NamesOf(typeof(ILoss)).Should().OnlyContain(name => _pages["docs/losses.md"].Contains($"| {name.TrimEnd('`')}", StringComparison.Ordinal));
    }

    private static IEnumerable<string> NamesOf(Type kind) => typeof(Optimizer).Assembly.GetExportedTypes()
        .Where(type => type != kind && type.IsAssignableTo(kind))
        .Select(type => $"`{type.Name}`");

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```\n+```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}

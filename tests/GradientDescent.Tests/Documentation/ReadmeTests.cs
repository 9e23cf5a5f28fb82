using System.Text.RegularExpressions;
using GradientDescent.Tests.Support;

namespace GradientDescent.Tests.Documentation;

/// <summary>What the README shows is what happens: each program is run as it stands there, and prints what stands below it.</summary>
public partial class ReadmeTests
{
    private static readonly string _readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");

    public static TheoryData<int> Programs => [.. Enumerable.Range(0, Program().Count(_readme))];

    [Fact]
    public void EveryProgram_HasItsOutputBelowIt() => Program().Count(_readme).Should().Be(_readme.Split("```csharp\n").Length - 1).And.BeGreaterThan(3);

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_RunAsItStands_PrintsWhatTheReadmeSays(int index)
    {
        Match program = Program().Matches(_readme)[index];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gd-readme-");
        try
        {
            string file = Path.Combine(folder.FullName, "program.cs");
            string project = Repository.PathOf("src", "GradientDescent", "GradientDescent.csproj");
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
    public void TheTable_NamesEveryOptimizerAndTheText_EverySchedule()
    {
        IEnumerable<string> names = typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(Optimizer)) || (type.IsAssignableTo(typeof(ISchedule)) && type != typeof(ISchedule) && type != typeof(Constant)))
            .Select(type => $"`{type.Name}`");

        names.Should().OnlyContain(name => _readme.Contains(name, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```\n+```text\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}

using System.Text.RegularExpressions;

namespace GradientDescent.Tests.Support;

/// <summary>
/// Programs that stand in pages and comments. They are compiled as one, because starting a compiler costs seconds; each has a file of its
/// own, so that it names what it uses itself, and its types in a namespace of its own, and is run in a folder of its own, which holds
/// diabetes.csv.
/// </summary>
internal static partial class Programs
{
    /// <summary>
    /// What each prints, in their order. A program that does not compile or that throws fails the test, and the message has its name.
    /// </summary>
    /// <param name="programs">The programs with their names.</param>
    /// <param name="look">Called with the folder of each program after it has run.</param>
    public static string[] Run(IReadOnlyList<(string Name, string Code)> programs, Action<string>? look = null)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("gd-programs-");
        try
        {
            File.WriteAllText(Path.Combine(root.FullName, "programs.csproj"), Project);
            File.WriteAllText(Path.Combine(root.FullName, "main.cs"), Driver(programs.Count));
            string[] folders = [.. programs.Select((_, i) => root.CreateSubdirectory($"{i}").FullName)];
            for (int i = 0; i < programs.Count; i++)
            {
                File.WriteAllText(Path.Combine(root.FullName, $"program{i}.cs"), Class(i, programs[i].Name, programs[i].Code));
                File.Copy(Repository.PathOf("src", "GradientDescent.Tool", "Data", "diabetes.csv"),
                    Path.Combine(folders[i], "diabetes.csv"));
            }

            (int exitCode, string output, string error) = ChildProcess.Run(
                "dotnet", ["run", "-c", "Release", "--", .. folders], root.FullName,
                    new() { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" });

            exitCode.Should().Be(0, output + error);
            foreach (string folder in look is null ? [] : folders)
                look!(folder);
            return [.. folders.Select(folder => File.ReadAllText(Path.Combine(folder, "printed.txt")).ReplaceLineEndings("\n"))];
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static string Project => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="{Repository.PathOf("src", "GradientDescent.Onnx", "GradientDescent.Onnx.csproj")}" />
            <ProjectReference Include="{Repository.PathOf("src", "GradientDescent.Arrow", "GradientDescent.Arrow.csproj")}" />
            <ProjectReference Include="{Repository.PathOf("src", "GradientDescent.DataView", "GradientDescent.DataView.csproj")}" />
            <ProjectReference Include="{Repository.PathOf("src", "GradientDescent.Reporting", "GradientDescent.Reporting.csproj")}" />
            <ProjectReference Include="{Repository.PathOf("src", "GradientDescent.RunHistory", "GradientDescent.RunHistory.csproj")}" />
            <ProjectReference Include="{Repository.PathOf("src", "GradientDescent.Mpi", "GradientDescent.Mpi.csproj")}" />
          </ItemGroup>
        </Project>
        """;

    private static string Driver(int count) => $$"""
        Action[] programs = [{{string.Join(", ", Enumerable.Range(0, count).Select(i => $"Program{i}.Statements.Run"))}}];
        for (int i = 0; i < programs.Length; i++)
        {
            Directory.SetCurrentDirectory(args[i]);
            using var printed = new StreamWriter("printed.txt");
            Console.SetOut(printed);
            programs[i]();
        }
        """;

    /// <summary>The statements in a method, the types that follow them beside it.</summary>
    private static string Class(int index, string name, string code)
    {
        string usings = string.Concat(Using().Matches(code).Select(match => match.Value));
        string[] parts = Type().Split(Using().Replace(code, "\n"), 2); // an empty line for each: the compiler names the lines of the page
        string method = parts[0].Contains("await ", StringComparison.Ordinal)
            ? "public static void Run() => RunAsync().GetAwaiter().GetResult();\nprivate static async Task RunAsync()"
            : "public static void Run()";
        return $"{usings}namespace Program{index};\nstatic class Statements\n{{\n{method}\n{{\n#line 1 " +
            $"\"{name}\"\n{parts[0]}\n}}\n}}\n{string.Concat(parts.Skip(1))}";
    }

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(
        @"^(?=(?:(?:public|internal|sealed|static|readonly) )*(?:class|record|struct|interface|enum) )", RegexOptions.Multiline)]
    private static partial Regex Type();
}

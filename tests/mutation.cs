#:property PublishAot=false
// Mutation testing with dotnet-stryker, room by room: changes the library's source in many places and asks for each change whether a test
// of that room fails. dotnet run tests/mutation.cs [room or file]..., such as Schedules or "UpdateRules/A*.cs;UpdateRules/R*.cs"; without
// arguments, all rooms of the list below. Prints the score of each file and what no test noticed. The exit code is 0 only if each argument
// reaches 85 percent. Works on a copy with the quick tests of one room, because with all tests each change takes minutes; leaves nothing
// behind.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

const double Goal = 85;
string root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));

// What is compiled for a room: its own tests, and the promises that are made over lists of all optimizers where it takes part in them.
const string Shared = "Support/**;Golden/GoldenFile.cs;Contracts/AllOptimizers.cs;Contracts/AllWrappers.cs;Contracts/HashedWork.cs";
const string Promises = "Contracts/OptimizerContract.cs;Contracts/SinglePrecisionContract.cs";
(string Room, string Tests, string LeftOut)[] rooms =
[
    ("Schedules", "Schedules/**", ""),
    ("Penalties", "Penalties/**", ""),
    ("Losses", "Losses/**", ""),
    ("Optimizers", $"Optimizers/**;UpdateRules/**;{Promises}", "UpdateRules/TrajectoryTests.cs"),
    ("UpdateRules", $"Optimizers/**;UpdateRules/**;Golden/OptimizerGoldenTests.cs;Golden/RuleGoldenTests.cs;{Promises}",
        "UpdateRules/TrajectoryTests.cs"),
    ("BlockRules", "BlockRules/**;Golden/*GoldenTests.cs;Contracts/BlockOptimizerContract.cs;Contracts/AllBlockOptimizers.cs", ""),
    ("Wrappers", $"Wrappers/**;UpdateRules/ScalarTwin.cs;Contracts/WrapperContract.cs;{Promises}", "UpdateRules/TrajectoryTests.cs"),
    ("Solvers", "Solvers/**;Contracts/SolverContract.cs;Contracts/AllSolvers.cs;Penalties/BoxConstraintTests.cs;Penalties/GoldenModel.cs",
        ""),
    ("Kernels/Functions", "Kernels/ElementaryTests.cs;Kernels/LogSumExpTests.cs;Losses/**", ""),
    ("Kernels/Rows", "Kernels/Row*.cs;Kernels/ColumnOperationsTests.cs;Kernels/ErrorBoundTests.cs;Objectives/EmpiricalRiskTests.cs;" +
        "Models/LinearModelTests.cs;Data/FeaturePrecisionTests.cs", ""),
    ("Kernels/Tables", "Kernels/GramMatrixTests.cs;Numerics/OrthonormalBasisTests.cs", ""),
    ("Numerics", "Kernels/GramMatrixTests.cs;Numerics/OrthonormalBasisTests.cs;Numerics/DistributionsTests.cs", ""),
    ("Kernels", $"Kernels/**;UpdateRules/UpdateRuleTests.cs;UpdateRules/ScalarTwin.cs;UpdateRules/RuleFacts.cs;{Promises}",
        "Kernels/ElementaryTests.cs"),
];

// Tests that take more than a second are left out.
string[] slow =
[
    "Fit_OfAModelWithAPenalty_IsTheOptimumOfOtherLibraries", "Fit_OfALasso_HasTheZerosOfScikitLearn",
    "Fit_OfAModel_IsTheOptimumOfOtherLibraries", "Fit_OfALassoByMiniBatchesWhoseRateFalls_EndsAtTheOptimum",
    "Minimize_WhereTheKinkWins_EndsAtExactlyZero", "Update_OnAConvexQuadratic_SolvesItWithinItsBudget",
    "Fit_WithAnyNumberOfThreads_GivesTheSameHash",
];

IEnumerable<string> wanted = args.Length > 0 ? args : rooms.Select(room => room.Room);
bool reached = true;
foreach (string pattern in wanted)
{
    (string Room, string Tests, string LeftOut) room =
        rooms.FirstOrDefault(room => pattern == room.Room || pattern.StartsWith(room.Room + '/', StringComparison.Ordinal));
    if (room.Room is null)
    {
        Console.Error.WriteLine($"'{pattern}' is not in a room of the list: {string.Join(", ", rooms.Select(room => room.Room))}.");
        return 2;
    }

    reached &= Try(pattern, room.Tests, room.LeftOut);
}

return reached ? 0 : 1;

bool Try(string pattern, string tests, string leftOut)
{
    DirectoryInfo temporary = Directory.CreateTempSubdirectory("gd-mutation-");
    try
    {
        string project = Copy(temporary.FullName, pattern, tests, leftOut);
        var clock = Stopwatch.StartNew();
        Run("dotnet", "tool restore", project);
        Run("dotnet", "stryker --configuration Release --output report", project);
        JsonNode report = JsonNode.Parse(File.ReadAllText(Path.Combine(project, "report", "reports", "mutation-report.json")))!;
        return Print(pattern, report, clock.Elapsed);
    }
    finally
    {
        temporary.Delete(recursive: true);
    }
}

string Copy(string folder, string pattern, string tests, string leftOut)
{
    foreach (string file in Directory.GetFiles(root, "*.*").Append(Path.Combine(root, ".config", "dotnet-tools.json")))
        CopyFile(file);
    string[] inner = [Path.Combine("src", "GradientDescent"), Path.Combine("tests", "GradientDescent.Tests"),
        Path.Combine("src", "GradientDescent.Tool", "Data")];
    foreach (string file in inner.SelectMany(part => Directory.GetFiles(Path.Combine(root, part), "*", SearchOption.AllDirectories)))
    {
        string[] parts = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
        if (!parts.Contains("bin") && !parts.Contains("obj"))
            CopyFile(file);
    }

    string project = Path.Combine(folder, "tests", "GradientDescent.Tests");
    File.WriteAllText(Path.Combine(project, "GradientDescent.Tests.csproj"), $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <NoWarn>$(NoWarn);CS1591</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="xunit.v3" />
            <PackageReference Include="FluentAssertions" />
            <PackageReference Include="FsCheck" />
            <PackageReference Include="FSharp.Core" />
            <PackageReference Include="MathNet.Numerics" />
            <Using Include="Xunit" />
            <Using Include="FluentAssertions" />
            <ProjectReference Include="../../src/GradientDescent/GradientDescent.csproj" />
            <Compile Include="{tests};{Shared}"
              Exclude="Support/Programs.cs;Support/NistProblems.cs;Support/CompilerReferences.cs;{leftOut}" />
            <None Include="Golden/**/*.json;Files/**/*;xunit.runner.json" CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>
        </Project>
        """);
    File.WriteAllText(Path.Combine(project, "xunit.runner.json"), """{ "stopOnFail": true }""");
    foreach (string file in Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories))
        LeaveOutSlow(file);
    foreach (string file in Directory.GetFiles(Path.Combine(folder, "src"), "*.cs", SearchOption.AllDirectories))
        ComputeNamesAtEachUse(file);
    File.WriteAllText(Path.Combine(project, "stryker-config.json"), new JsonObject
    {
        ["stryker-config"] = new JsonObject
        {
            ["project"] = "GradientDescent.csproj",
            ["mutate"] = new JsonArray([.. pattern.Split(';').Select(part =>
                (JsonNode)(part.EndsWith(".cs", StringComparison.Ordinal) ? $"**/{part}" : $"**/{part}/**/*.cs"))]),
            ["test-runner"] = "mtp",
            ["coverage-analysis"] = "off",
            ["concurrency"] = 1,
            ["additional-timeout"] = 10_000,
            ["reporters"] = new JsonArray("json", "dots"),
        },
    }.ToJsonString());
    return project;

    void CopyFile(string file)
    {
        string target = Path.Combine(folder, Path.GetRelativePath(root, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }
}

// The runner keeps its process, so a static value would stay as it was before the change.
static void ComputeNamesAtEachUse(string file)
{
    string text = File.ReadAllText(file);
    File.WriteAllText(file, text.Replace("static StateNames Names { get; } =", "static StateNames Names =>", StringComparison.Ordinal));
}

// A method without [Fact] or [Theory] is no test.
void LeaveOutSlow(string file)
{
    string text = File.ReadAllText(file);
    foreach (string method in slow)
        text = Regex.Replace(text, @"\[(Fact|Theory)\](?=(\s+\[.*\])*\s+public void " + method + @"\()", "");
    File.WriteAllText(file, text);
}

// A change that does not compile, or that stryker leaves out, counts neither way; a test that never ends has noticed the change.
bool Print(string pattern, JsonNode report, TimeSpan time)
{
    int noticed = 0, all = 0;
    var survivors = new List<string>();
    foreach ((string path, JsonNode? file) in report["files"]!.AsObject().OrderBy(file => file.Key, StringComparer.Ordinal))
    {
        ILookup<string, JsonNode> mutants = file!["mutants"]!.AsArray().ToLookup(mutant => (string)mutant!["status"]!, mutant => mutant!);
        int Count(string status) => mutants[status].Count();
        int detected = Count("Killed") + Count("Timeout"), missed = Count("Survived") + Count("NoCoverage");
        if (detected + missed == 0)
            continue;
        (noticed, all) = (noticed + detected, all + detected + missed);
        string name = path[(path.LastIndexOf("GradientDescent/", StringComparison.Ordinal) + "GradientDescent/".Length)..];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-44} {Share(detected, detected + missed),6:F1} %  " +
            $"killed {Count("Killed"),3}, timeout {Count("Timeout"),2}, survived {missed,3}, does not compile {Count("CompileError"),3}"));
        string[] lines = ((string)file["source"]!).ReplaceLineEndings("\n").Split('\n');
        survivors.AddRange(mutants["Survived"].Concat(mutants["NoCoverage"]).Select(mutant => Described(name, lines, mutant)));
    }

    double score = Share(noticed, all);
    foreach (string survivor in survivors)
        Console.WriteLine($"  not noticed: {survivor}");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{pattern}: {score:F1} %, {noticed} of {all} noticed, {time:h\\:mm\\:ss}"));
    return score >= Goal;
}

static double Share(int part, int whole) => whole == 0 ? 100 : 100.0 * part / whole;

static string Described(string name, string[] lines, JsonNode mutant)
{
    JsonNode start = mutant["location"]!["start"]!, end = mutant["location"]!["end"]!;
    string line = lines[(int)start["line"]! - 1];
    int from = (int)start["column"]! - 1, to = (int)start["line"]! == (int)end["line"]! ? (int)end["column"]! - 1 : line.Length;
    return $"{name}({start["line"]}): {line[from..to]} → {string.Join(' ', ((string)mutant["replacement"]!).Split((char[]?)null,
        StringSplitOptions.RemoveEmptyEntries))}";
}

static void Run(string program, string arguments, string folder)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder })!;
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"{program} {arguments} ended with exit code {process.ExitCode}.");
}

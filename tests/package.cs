#:property PublishAot=false
// Makes the packages and uses them as a stranger would: the programs of their READMEs in new projects, untrimmed and trimmed, and the
// installed tool. dotnet run tests/package.cs; the exit code is 0 only if everything held. Leaves nothing behind.

using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

// Where this file lies; its own path is not compiled in where builds are reproducible.
string root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));
DirectoryInfo temporary = Directory.CreateTempSubdirectory("gd-package-");
string Temporary(params string[] parts) => Path.Combine([temporary.FullName, .. parts]);

// No machine has this version in a cache.
string suffix = $"check.{DateTime.UtcNow:yyyyMMddHHmmss}";
string cache = Run("dotnet", "nuget locals global-packages --list --force-english-output", root).Split(": ", 2)[1].Trim();

// Paths in the packages do not depend on the machine; output does not depend on its culture.
Environment.SetEnvironmentVariable("CI", "true");
Environment.SetEnvironmentVariable("DOTNET_NOLOGO", "1");
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
Environment.SetEnvironmentVariable("NUGET_PACKAGES", null);

try
{
    Dictionary<string, Package> packages = Pack();
    foreach (Package package in packages.Values)
        CheckContents(package);

    UseFromANewProject(packages["GradientDescent"], Path.Combine(root, "README.md"));
    UseFromANewProject(packages["GradientDescent.Reporting"], Path.Combine(root, "src", "GradientDescent.Reporting", "README.md"));
    UseFromANewProject(packages["GradientDescent.Onnx"], Path.Combine(root, "src", "GradientDescent.Onnx", "README.md"));
    // Microsoft.Data.Analysis and Apache.Arrow cannot be trimmed.
    UseFromANewProject(
        packages["GradientDescent.DataView"], Path.Combine(root, "src", "GradientDescent.DataView", "README.md"), isTrimmable: false);
    UseFromANewProject(
        packages["GradientDescent.Arrow"], Path.Combine(root, "src", "GradientDescent.Arrow", "README.md"), isTrimmable: false);
    UseFromANewProject(
        packages["GradientDescent.RunHistory"], Path.Combine(root, "src", "GradientDescent.RunHistory", "README.md"));
    UseFromANewProject(packages["GradientDescent.Mpi"], Path.Combine(root, "src", "GradientDescent.Mpi", "README.md"));
    UseUnderALauncher("GradientDescent.Mpi");
    UseTheTool(packages["GradientDescent.Tool"]);
    Console.WriteLine("the packages are good");
    return 0;
}
catch (Failure failure)
{
    Console.Error.WriteLine($"FAILED: {failure.Message}");
    return 1;
}
finally
{
    temporary.Delete(recursive: true);
}

Dictionary<string, Package> Pack()
{
    string folder = Temporary("packed");
    foreach (string project in Directory.GetFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories))
        Run("dotnet", $"pack \"{project}\" -c Release -o \"{folder}\" --artifacts-path \"{Temporary("artifacts")}\" " +
            $"-p:VersionSuffix={suffix} -v quiet", root);

    // Beside the machine's own feeds the new project knows the folder; what is restored stays in the temporary folder, what is cached is
    // not fetched again.
    File.WriteAllText(Temporary("nuget.config"), $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{Temporary("restored")}" /></config>
          <packageSources><add key="packed" value="{folder}" /></packageSources>
          <fallbackPackageFolders><add key="cache" value="{cache}" /></fallbackPackageFolders>
        </configuration>
        """);
    return Directory.GetFiles(folder, "*.nupkg").Select(Package.Read).ToDictionary(package => package.Id);
}

void CheckContents(Package package)
{
    Console.WriteLine($"{package.Id} {package.Version}: {package.Files.Count} files, {new FileInfo(package.Path).Length / 1024} KB");
    string[] required = package.IsTool
        ? ["README.md", "icon.png", "tools/net10.0/any/gd.dll", "tools/net10.0/any/DotnetToolSettings.xml"]
        : ["README.md", "icon.png", $"lib/net10.0/{package.Id}.dll", $"lib/net10.0/{package.Id}.xml"];
    foreach (string file in required)
        Require(package.Files.Contains(file), $"{package.Id} has no {file}");

    Require(package.Metadata("readme") == "README.md", $"{package.Id} does not name its README");
    Require(package.Metadata("icon") == "icon.png", $"{package.Id} does not name its icon");
    Require(package.Metadata("license") == "MIT", $"{package.Id} does not say that its licence is MIT");
    Require(package.Metadata("description").Length > 0, $"{package.Id} has no description");

    using ZipArchive symbols = ZipFile.OpenRead(System.IO.Path.ChangeExtension(package.Path, ".snupkg"));
    ZipArchiveEntry? own = symbols.Entries.FirstOrDefault(entry => entry.Name.EndsWith(".pdb", StringComparison.Ordinal));
    Require(own is not null, $"{package.Id} has no symbols");
    Require(!Contains(own!, root), $"{package.Id}'s symbols name this machine's folders");
}

void UseFromANewProject(Package package, string readmePath, bool isTrimmable = true)
{
    string name = $"Use.{package.Id}", project = Temporary(name);
    Run("dotnet", $"new console -o \"{project}\" --no-restore", temporary.FullName);
    Run("dotnet", $"add package {package.Id} --version {package.Version}", project);
    File.Copy(Path.Combine(root, "src", "GradientDescent.Tool", "Data", "diabetes.csv"), Path.Combine(project, "diabetes.csv"));

    // Each program becomes a method; its types follow it, the names that it uses come first.
    string readme = File.ReadAllText(readmePath).ReplaceLineEndings("\n");
    MatchCollection programs = Regex.Matches(readme, "```csharp\n(?<code>.*?)```\n+```text\n(?<output>.*?)```", RegexOptions.Singleline);
    Require(programs.Count > 0, $"{readmePath} has no programs");
    string[][] parts = [.. programs.Select(program => Regex.Split(program.Groups["code"].Value, "^(?=class )", RegexOptions.Multiline))];
    const string UsingLines = @"^using [\w.]+;\n";
    IEnumerable<string> usings = parts.SelectMany(part => Regex.Matches(part[0], UsingLines, RegexOptions.Multiline))
        .Select(line => line.Value).Distinct();
    IEnumerable<string> methods =
        parts.Select((part, i) =>
        $"Run{i}();\nstatic void Run{i}()\n{{\n{Regex.Replace(part[0], UsingLines, "", RegexOptions.Multiline)}}}\n");
    IEnumerable<string> types = parts.SelectMany(part => part.Skip(1));
    File.WriteAllText(Path.Combine(project, "Program.cs"), string.Concat(usings.Concat(methods).Concat(types)));
    string expected = string.Concat(programs.Select(program => program.Groups["output"].Value));

    foreach ((string kind, string options) in new[] { ("untrimmed", "--no-self-contained"),
        ("trimmed", "--self-contained -p:PublishTrimmed=true -warnaserror") }.Take(isTrimmable ? 2 : 1))
    {
        foreach (string history in Directory.GetFiles(project, "*.db"))
            File.Delete(history);
        string published = Temporary($"{name}-{kind}");
        Run("dotnet", $"publish -c Release --use-current-runtime {options} -o \"{published}\" -v quiet", project);
        string actual = Run(Path.Combine(published, OperatingSystem.IsWindows() ? $"{name}.exe" : name), "", project);
        Require(actual == expected, $"{kind}, the programs of {package.Id}'s README print\n{actual}\ninstead of\n{expected}");
        long size = Directory.GetFiles(published).Sum(file => new FileInfo(file).Length);
        Console.WriteLine($"{package.Id}, {kind}: the README's programs print what it says; {size / 1048576.0:F1} MB");
    }
}

// The trimmed program of the README as a job of two ranks, which prints what it prints alone.
void UseUnderALauncher(string package)
{
    string program = Temporary($"Use.{package}-trimmed", $"Use.{package}");
    string? launcher = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mpirun")).FirstOrDefault(File.Exists);
    if (launcher is null)
    {
        Console.WriteLine($"{package}: left out, two ranks, for want of mpirun");
        return;
    }

    Environment.SetEnvironmentVariable("TERM", "dumb");
    bool isOpenMpi = Run(launcher, "--version", temporary.FullName).Contains("Open MPI", StringComparison.Ordinal);
    string alone = Run(program, "", temporary.FullName);
    string actual = Run(
        launcher, $"{(isOpenMpi ? "--allow-run-as-root --oversubscribe " : "")}-n 2 \"{program}\"", temporary.FullName);
    Require(actual == alone, $"two ranks of {package}'s program print\n{actual}\ninstead of\n{alone}");
    Console.WriteLine($"{package}: two ranks print what one process prints");
}

void UseTheTool(Package package)
{
    string folder = Temporary("tools");
    Run("dotnet", $"tool install {package.Id} --version {package.Version} --tool-path \"{folder}\" --configfile " +
        $"\"{Temporary("nuget.config")}\"", temporary.FullName);
    string Gd(string arguments) => Run(Path.Combine(folder, OperatingSystem.IsWindows() ? "gd.exe" : "gd"), arguments, temporary.FullName);

    string output = Gd("compare --epochs 5 --report report.html");
    Require(output.Contains("Adam", StringComparison.Ordinal)
        && output.Contains("Nesterov", StringComparison.Ordinal), $"gd compare prints\n{output}");
    Require(File.ReadAllText(Temporary("report.html"))
        .Contains("Nesterov", StringComparison.Ordinal), "gd compare --report writes no page");

    // The points lie on price = 2 area + 1 in Oslo, 10 less in Rome.
    File.WriteAllText(Temporary("houses.csv"), "area,city,price\n1,Oslo,3\n2,Oslo,5\n3,Rome,-3\n4,Rome,-1\n5,Oslo,11\n");
    File.WriteAllText(Temporary("new.csv"), "id,city,area\n1,Rome,10\n2,Oslo,20\n");
    output = Gd("fit houses.csv --target price --encode onehot --save price.json --report fit.html");
    Require(output.Contains("city=Rome", StringComparison.Ordinal), $"gd fit prints\n{output}");
    Require(File.ReadAllText(Temporary("fit.html")).Contains("city=Rome", StringComparison.Ordinal), "gd fit --report writes no page");
    string[] predicted = Gd("predict price.json new.csv").Trim().Split('\n');
    Require(predicted is ["prediction", var rome, var oslo] && IsNear(rome, 11)
        && IsNear(oslo, 41), $"gd predict prints\n{string.Join('\n', predicted)}");
    Console.WriteLine("gd: installed, compares, fits, saves, predicts, reports");

    static bool IsNear(string text, double number) => Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - number) < 1e-9;
}

static string Run(string program, string arguments, string folder)
{
    var start = new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
    };
    using Process process = Process.Start(start)!;
    Task<string> error = process.StandardError.ReadToEndAsync();
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? output.ReplaceLineEndings("\n") : throw new Failure($"{program} {arguments}\n{output}{error.Result}");
}

static void Require(bool condition, string otherwise)
{
    if (!condition)
        throw new Failure(otherwise);
}

static bool Contains(ZipArchiveEntry entry, string text)
{
    using var content = new MemoryStream();
    using Stream stream = entry.Open();
    stream.CopyTo(content);
    return content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}

internal sealed class Failure(string message) : Exception(message);

internal sealed record Package(string Path, IReadOnlySet<string> Files, XElement Nuspec)
{
    public string Id => Metadata("id");
    public string Version => Metadata("version");
    public bool IsTool =>
        Nuspec.Descendants().Any(element => element.Name.LocalName == "packageType" && element.Attribute("name")?.Value == "DotnetTool");

    public static Package Read(string path)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        using Stream nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return new(path, archive.Entries.Select(entry => entry.FullName).ToHashSet(), XElement.Load(nuspec));
    }

    public string Metadata(string name) => Nuspec.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
}

using System.Diagnostics;
using GradientDescent.Tool;

namespace GradientDescent.Tests.Tool;

/// <summary>The files that the tool writes, when the disk is full, the path is a link, or standard output is closed.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly ToolFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("predict model.json large.csv --output old")]
    [InlineData("predict model.json large.csv --json --output old")]
    [InlineData("fit data.csv --target y --report old")]
    [InlineData("compare --epochs 1 --report old")]
    public void AFullDisk_LeavesTheOldFileAndNothingElse(string commandLine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell limits the size of files here.");
        _folder.Write("data.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n");
        IEnumerable<string> numbers = Enumerable.Range(0, 3000).Select(i => FormattableString.Invariant($"{i * 1.37}\n"));
        _folder.Write("large.csv", "x\n" + string.Concat(numbers));
        LinearRegression.Fit(Dataset.FromCsv(_folder.PathOf("data.csv"), "y")).Save(_folder.PathOf("model.json"));
        _folder.Write("old", "old");
        string[] before = Directory.GetFiles(_folder.PathOf("."));

        // A write beyond this size fails, as on a full disk. 8 blocks of 512 or 1024 bytes are smaller than each of these files.
        (int exitCode, string error) = Shell($"trap '' XFSZ; ulimit -f 8; exec {Command} {commandLine}");

        exitCode.Should().Be(1, error);
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Should().StartWith("gd: 'old' cannot be written: ");
        File.ReadAllText(_folder.PathOf("old")).Should().Be("old");
        Directory.GetFiles(_folder.PathOf(".")).Should().BeEquivalentTo(before);
    }

    [Theory]
    [InlineData("fit data.csv --target y --save link.csv")]
    [InlineData("fit data.csv --target y --report link.csv")]
    [InlineData("fit link.csv --target y --report data.csv")]
    [InlineData("fit linked/data.csv --target y --save data.csv")]
    [InlineData("compare data.csv --target y --report linked/link.csv")]
    [InlineData("predict link.csv data.csv --output data.csv")]
    [InlineData("predict data.csv model.json --output linked/data.csv")]
    public void AnOutputThatIsTheInputThroughALink_IsRefused(string commandLine)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links needs a privilege.");
        string data = _folder.Write("data.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n");
        File.CreateSymbolicLink(_folder.PathOf("link.csv"), "data.csv");
        Directory.CreateSymbolicLink(_folder.PathOf("linked"), ".");
        string[] arguments = [.. commandLine.Split(' ')
            .Select(word => word.EndsWith(".csv", StringComparison.Ordinal) || word.EndsWith(".json", StringComparison.Ordinal)
                ? _folder.PathOf(word)
                : word)];
        StringWriter output = new(), error = new();

        CommandLine.Run(arguments, output, error, terminal: null).Should().Be(2);

        error.ToString().Should().Contain("overwr");
        File.ReadAllText(data).Should().StartWith("x,y\n1,2");
    }

    [Theory]
    [InlineData("--save")]
    [InlineData("--report")]
    public void ADirectory_IsRefusedBeforeTheWork(string option)
    {
        string data = _folder.Write("data.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n");
        StringWriter output = new(), error = new() { NewLine = "\n" };

        CommandLine.Run(["fit", data, "--target", "y", option, _folder.PathOf(".")], output, error, terminal: null).Should().Be(1);

        output.ToString().Should().BeEmpty();
        error.ToString().Should().EndWith("is a directory: give a file to write.\n");
    }

    [Theory]
    [InlineData("| head -1", 0)]
    [InlineData("> /dev/full", 1)]
    [InlineData("< /dev/null > /dev/null", 0)]
    [InlineData("<&- > /dev/null", 0)]
    [InlineData("> /dev/null 2> /dev/full", 1)] // there is a message about a column that is ignored
    public void ClosedAndFullStreams_DoNotCrashTheTool(string redirection, int exitCode)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        _folder.Write("data.csv", "x,y\n1,2\n2,3\n3,5\n4,4\n");
        LinearRegression.Fit(Dataset.FromCsv(_folder.PathOf("data.csv"), "y")).Save(_folder.PathOf("model.json"));

        (int code, string error) = Shell($"set -o pipefail; {Command} predict model.json data.csv {redirection}");

        code.Should().Be(exitCode, error);
        error.Should().NotContain("   at ");
    }

    private static string Command => $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "gd.dll")}'";

    private (int ExitCode, string Error) Shell(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = _folder.PathOf("."),
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // it needs a large file, which the limit does not allow
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.Wait();
        return (process.ExitCode, error);
    }
}

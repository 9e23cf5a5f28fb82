using System.Diagnostics;
using System.Text;

namespace GradientDescent.Tests.Support;

/// <summary>Runs a program and waits for its end.</summary>
internal static class ChildProcess
{
    /// <summary>One of our own programs, which the build puts beside the tests.</summary>
    public static (int ExitCode, string Output, string Error) RunBuilt(
        string assembly, IEnumerable<string> arguments, Dictionary<string, string>? environment = null) =>
        Run("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], AppContext.BaseDirectory, environment);

    /// <summary>Any program. After the limit, it and the processes that it has started are killed, and the test fails.</summary>
    public static (int ExitCode, string Output, string Error) Run(
        string program,
        IEnumerable<string> arguments,
        string folder,
        Dictionary<string, string>? environment = null,
        TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach ((string name, string value) in environment ?? [])
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!Task.WaitAll([output, error], limit ?? Timeout.InfiniteTimeSpan))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program}' still ran after {limit}.\n{output.Result}{error.Result}");
        }

        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}

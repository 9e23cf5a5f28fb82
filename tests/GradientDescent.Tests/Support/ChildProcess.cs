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

    public static (int ExitCode, string Output, string Error) Run(
        string program, IEnumerable<string> arguments, string folder, Dictionary<string, string>? environment = null)
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
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

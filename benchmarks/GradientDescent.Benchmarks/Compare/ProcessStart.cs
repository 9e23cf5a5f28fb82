using System.Diagnostics;

namespace GradientDescent.Benchmarks.Compare;

/// <summary>How long small programs take from the call that starts their process until it has ended.</summary>
internal static class ProcessStart
{
    public const int Starts = 11;

    public const string Empty = "process/empty", Fit = "process/fit", Help = "process/help";

    /// <summary>Prints the median milliseconds of each program; they take turns, after one start each that is not counted.</summary>
    /// <param name="empty">The assembly of the empty program.</param>
    /// <param name="fit">That of the program that fits a line through six points.</param>
    /// <param name="tool">That of gd.</param>
    public static void Print(string empty, string fit, string tool)
    {
        (string Name, string[] Command)[] programs = [(Empty, [empty]), (Fit, [fit]), (Help, [tool, "compare", "--help"])];
        double[][] milliseconds = [.. programs.Select(_ => new double[Starts])];
        for (int start = -1; start < Starts; start++)
        {
            for (int i = 0; i < programs.Length; i++)
            {
                double seconds = Stopclock.Seconds(() => Run(programs[i].Command));
                if (start >= 0)
                    milliseconds[i][start] = 1e3 * seconds;
            }
        }

        for (int i = 0; i < programs.Length; i++)
            Stopclock.Print(programs[i].Name, Starts, Stopclock.Median(milliseconds[i]));
    }

    private static void Run(string[] command)
    {
        var start = new ProcessStartInfo("dotnet", command) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', command)} ended with exit code {process.ExitCode}.");
    }
}

using System.Diagnostics;
using System.Globalization;

namespace GradientDescent.Tests.Tool;

/// <summary>The built tool as a process of its own, its output in pipes.</summary>
internal sealed record ToolProcess(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Asks a tool that is training to end. It is known to train by the processor time it has used: a slow or busy machine only takes
    /// longer.
    /// </summary>
    public static void InterruptTraining(Process tool)
    {
        while (!tool.HasExited && tool.TotalProcessorTime < TimeSpan.FromSeconds(2))
        {
            Thread.Sleep(20);
            tool.Refresh();
        }

        Process.Start("kill", ["-TERM", tool.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
    }

    public static ToolProcess Run(params string[] arguments) => RunIn("C.UTF-8", arguments);

    /// <summary>Runs the tool with a text on its standard input.</summary>
    public static ToolProcess RunPiped(string input, params string[] arguments) => Run("C.UTF-8", input, arguments);

    public static ToolProcess RunIn(string locale, params string[] arguments) => Run(locale, null, arguments);

    private static ToolProcess Run(string locale, string? input, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "gd.dll"), .. arguments])
        {
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = locale;
        using Process process = Process.Start(start)!;
        if (input is not null)
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }

        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolProcess(process.ExitCode, output, error.Result);
    }
}

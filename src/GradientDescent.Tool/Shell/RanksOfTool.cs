using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>
/// The program <c>gd</c> as one or several processes. Under an MPI launcher, <c>gd fit</c> divides its work, and rank 0 prints.
/// </summary>
internal static class RanksOfTool
{
    // A fault of the data is a fault on all ranks. Rank 0 tells it first, and ends the others meanwhile.
    private static readonly TimeSpan _timeForRankZero = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="CommandLine.Run"/>
    public static int Run(string[] args, TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        if (!MpiCollective.IsLaunched)
            return CommandLine.Run(args, output, error, terminal);
        MpiCollective ranks;
        try
        {
            ranks = MpiCollective.Start();
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidOperationException)
        {
            error.WriteLine($"gd: {TextLayout.Message(e.Message)}");
            return ExitCode.DataError;
        }

        using (ranks)
            return ranks.Rank == 0 ? RunFirst(args, output, error, ranks) : RunOther(args, ranks);
    }

    private static int RunFirst(string[] args, TextWriter output, TextWriter error, MpiCollective ranks)
    {
        int code = CommandLine.Run(args, output, error, terminal: null, ranks);
        if (HasFailed(code))
            ranks.Abort(code, "gd has ended with the message above.");
        return code;
    }

    /// <summary>Runs the part of a command that ranks share. Only a fault that rank 0 does not have is told.</summary>
    private static int RunOther(string[] args, MpiCollective ranks)
    {
        var error = new StringWriter();
        int code = CommandLine.Run(args, TextWriter.Null, error, terminal: null, ranks);
        if (!HasFailed(code))
            return code;
        Thread.Sleep(_timeForRankZero);
        ranks.Abort(code, error.ToString().TrimEnd());
        return code;
    }

    /// <summary>Whether other ranks may still wait for this one. Wrong usage is found by all ranks at once.</summary>
    private static bool HasFailed(int code) => code is ExitCode.DataError or ExitCode.InternalError;
}

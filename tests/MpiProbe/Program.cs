using System.Diagnostics;
using GradientDescent;

// A rank of a job, which an MPI launcher starts. The first argument says what it does; the output of rank 0 says what was found.
switch (args[0])
{
    case "operations":
        Operations.Run();
        return 0;
    case "environment":
        Console.WriteLine(FormattableString.Invariant(
            $"{MpiCollective.IsLaunched}, {(object?)MpiLauncher.Family ?? "-"}, {(object?)MpiLauncher.Size ?? "-"}"));
        return 0;
    case "launched":
        using (MpiCollective? mpi = MpiCollective.StartIfLaunched())
            Console.WriteLine($"{MpiCollective.IsLaunched}, {mpi?.ToString() ?? "none"}");
        return 0;
    case "forget":
        MpiCollective.Start().Sum([1]);
        return 0;
    case "train":
        return Training.Run(args[1]);
    case "train-until-killed":
        return Training.RunUntilKilled(args[1]);
    case "train-interrupted":
        return Training.RunInterrupted(args[1]);
    case "train-failing":
        return Training.Fail(args[1]);
    case "await":
        return await Endings.HandleBeforeEnd();
    default:
        return Endings.Run(args[0]);
}

/// <summary>Ends of rank 1 while rank 0 waits for it.</summary>
internal static class Endings
{
    public static int Run(string how)
    {
        try
        {
            using var mpi = MpiCollective.Start();
            mpi.Session.Patience = mpi.Session.TimeToHint = TimeSpan.FromSeconds(0.3);
            mpi.Sum([1]);
            if (mpi.Rank == 1)
                End(how, mpi);
            mpi.Sum([1]);
            if (how == "late" && mpi.Rank == 1)
                Thread.Sleep(TimeSpan.FromSeconds(1));
        }
        catch (IOException) when (how is "handle" or "swallow")
        {
            Console.Error.WriteLine("handled");
            return how == "handle" ? 3 : 0;
        }

        return 0;
    }

    /// <summary>On each rank an exception was handled, and its handler is still on the stack when the last block ends.</summary>
    public static async Task<int> HandleBeforeEnd()
    {
        using var mpi = MpiCollective.Start();
        try
        {
            await Throw();
        }
        catch (IOException)
        {
            mpi.Sum([1]);
        }

        return 0;
    }

    private static async Task Throw()
    {
        await Task.Delay(1);
        throw new IOException("The disk is full.");
    }

    private static void End(string how, MpiCollective mpi)
    {
        switch (how)
        {
            case "abort":
                mpi.Abort(3, "The file is missing.");
                break;
            case "throw" or "handle" or "swallow":
                throw new IOException("The disk is full.");
            case "throw-on-thread":
                var thread = new Thread(() => throw new IOException("The disk is full."));
                thread.Start();
                thread.Join();
                break;
            case "late":
                break; // later: see above
            case "exit":
                Environment.Exit(9);
                break;
            case "kill":
                Process.GetCurrentProcess().Kill();
                break;
            case "wait":
                Console.Out.WriteLine("waiting");
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                throw new ArgumentException($"There is no end '{how}'.", nameof(how));
        }
    }
}

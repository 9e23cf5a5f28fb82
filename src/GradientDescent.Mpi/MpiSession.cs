using System.Runtime.InteropServices;

namespace GradientDescent;

/// <summary>
/// The use of MPI by this process, from its start to its end. MPI_Finalize waits for all other ranks, which wait for this one if it left
/// their common work: so a rank that has failed aborts the job instead.
/// </summary>
internal sealed class MpiSession
{
    /// <summary>EX_SOFTWARE of sysexits.h: the exit code of a job in which a rank has failed with an exception.</summary>
    public const int SoftwareError = 70;

    /// <summary>The launcher copies standard error until the job ends. The end of a text that is written just before can be lost.</summary>
    private static readonly TimeSpan _timeToForward = TimeSpan.FromMilliseconds(100);

    private static int _starts;

    private readonly MpiLibrary _library;
    private readonly nint _exceptionAtStart = ExceptionInFlight();
    private volatile Phase _phase = Phase.Running;

    private MpiSession(MpiLibrary library)
    {
        _library = library;
        Rank = library.Functions.Rank(library.Abi.World);
        Size = library.Functions.Size(library.Abi.World);
    }

    private enum Phase
    {
        /// <summary>MPI can be called.</summary>
        Running,

        /// <summary>An exception left the block that uses MPI. MPI is still initialised: it ends with the process.</summary>
        Left,

        /// <summary>MPI has been finalised or aborted.</summary>
        Ended,
    }

    public int Rank { get; }

    public int Size { get; }

    /// <summary>How long the other ranks may take to end after this one has ended with exit code 0 in spite of an exception.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long this rank waits at its end before it says what the others may wait for.</summary>
    public TimeSpan TimeToHint { get; set; } = TimeSpan.FromSeconds(30);

    public bool IsRunning => _phase == Phase.Running;

    public bool HasEnded => _phase == Phase.Ended;

    /// <summary>The only thread that may call MPI, or <see langword="null"/> if every thread may.</summary>
    public int? OnlyThread { get; private init; }

    /// <summary>Initialises MPI.</summary>
    public static MpiSession Start(MpiLibrary library)
    {
        (MpiFunctions mpi, MpiAbi abi, MpiProduct product) = library;
        if (mpi.IsInitialized || Interlocked.Exchange(ref _starts, 1) != 0)
            throw new InvalidOperationException("MPI has been started before in this process: it can be started only once.");

        int threads = mpi.Initialize(abi.Serialized);
        mpi.SetErrorHandler(abi.World, abi.ErrorsReturn);
        var session = new MpiSession(library)
        {
            OnlyThread = threads < abi.Serialized ? Environment.CurrentManagedThreadId : null,
        };
        string? fault =
            threads < abi.Funneled ? $"{product.Name} was built without support for threads, which every .NET process has."
            : session.Size == 1 && MpiLauncher.Size is > 1 and { } launched
                ? $"The launcher has started {launched} processes, but {product.Name} sees one: it is not the library of this launcher. " +
                    $"Set {MpiLibrary.Variable} to the path of the launcher's library."
            : null;
        if (fault is not null)
        {
            mpi.Complete();
            throw new InvalidOperationException(fault);
        }

        AppDomain.CurrentDomain.UnhandledException += (_, e) => session.Fail($"{e.ExceptionObject}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => session.EndWithProcess();
        return session;
    }

    /// <summary>
    /// Ends the use of MPI, after all other ranks have come to the same call. With an exception in flight it only notes that.
    /// </summary>
    public void End()
    {
        if (_phase != Phase.Running)
            return;
        nint exception = ExceptionInFlight();
        if (exception != 0 && exception != _exceptionAtStart)
            _phase = Phase.Left;
        else
            Complete();
    }

    /// <summary>Ends all processes of the job.</summary>
    public void Abort(int exitCode, string message)
    {
        _phase = Phase.Ended;
        Report(message);
        _library.Functions.Abort(_library.Abi.World, exitCode);
        CLibrary.Exit(exitCode); // MPI has failed to end this process
    }

    private void Complete()
    {
        _phase = Phase.Ended;
        using var waiting = new Timer(
            _ => Report("It has ended its program and waits for the other ranks. If they wait too, they are in an operation that this " +
                "rank has not called: everything that reads sharded data must be called on all ranks."),
            null, TimeToHint, Timeout.InfiniteTimeSpan);
        _library.Functions.Complete();
    }

    private void Fail(string message)
    {
        if (_phase != Phase.Ended)
            Abort(SoftwareError, message);
    }

    private void EndWithProcess()
    {
        if (_phase == Phase.Ended)
            return;
        if (Environment.ExitCode != 0)
        {
            Abort(Environment.ExitCode, FormattableString.Invariant($"The program has ended with exit code {Environment.ExitCode}."));
            return;
        }

        // Code 0 after an exception that was handled: whether the other ranks have come to their end cannot be known.
        if (_phase == Phase.Left)
            new Thread(GiveUp) { IsBackground = true }.Start();
        Complete();
    }

    private void GiveUp()
    {
        Thread.Sleep(Patience);
        Report("An exception has ended the use of MPI on this rank, and other ranks still wait for it.");
        CLibrary.Exit(SoftwareError); // the launcher then ends the others; the other thread is inside MPI, which cannot be called here
    }

    private void Report(string message)
    {
        Console.Error.WriteLine(FormattableString.Invariant($"rank {Rank} of {Size}: {message}"));
        Thread.Sleep(_timeToForward);
    }

    /// <summary>
    /// The exception that is handled on this thread at the moment: not 0 while a <c>finally</c> or <c>catch</c> block runs because of it.
    /// </summary>
    private static nint ExceptionInFlight()
    {
        try
        {
            return Marshal.GetExceptionPointers();
        }
        catch (PlatformNotSupportedException)
        {
            return 0;
        }
    }
}

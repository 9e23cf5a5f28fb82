namespace GradientDescent;

/// <summary>
/// The ranks of a job that an MPI launcher has started, on one machine or on several: <c>mpirun -n 4 dotnet program.dll</c>.
/// </summary>
/// <remarks>
/// <para>
/// The MPI library of the machine is loaded when the program runs: Open MPI, MPICH and libraries with its binary interface (Intel MPI,
/// MVAPICH, MS-MPI), or one with the standard ABI of MPI 5.0. Names are tried in turn, those of the launcher's family first. The
/// environment variable <c>GRADIENTDESCENT_MPI</c> names another one.
/// </para>
/// <para>
/// <see cref="Dispose"/> waits for the other ranks. An exception that nobody handles on one rank is written to standard error, with the
/// number of the rank, and ends the whole job with exit code 70. So does a process that ends with an exit code other than 0 before
/// <see cref="Dispose"/>; the job gets its code. MPI can be started once in a process.
/// </para>
/// <para>
/// MPI does not check that all ranks call the same operations with the same number of values. Where they do not, the job can wait for
/// ever or get wrong numbers. Operations block and keep a core busy while they wait. Where the numbers of two ranks are NaN, the sum is
/// NaN on all ranks, but its bits can differ.
/// </para>
/// </remarks>
/// <example><code>
/// using MpiCollective? mpi = MpiCollective.StartIfLaunched();
/// double[] values = [1, 2];
/// mpi?.Sum(values);
/// Console.WriteLine($"{mpi?.Size ?? 1} process, {values[0]} {values[1]}");   // 1 process, 1 2
/// </code></example>
public sealed class MpiCollective : ICollective, IDisposable
{
    private readonly MpiLibrary _library;

    private MpiCollective(MpiLibrary library) => (_library, Session) = (library, MpiSession.Start(library));

    /// <summary>
    /// Whether an MPI launcher (mpirun, mpiexec, srun) has started this process. Read from the environment; no library is loaded.
    /// </summary>
    public static bool IsLaunched => MpiLauncher.IsPresent;

    /// <inheritdoc/>
    public int Rank => Session.Rank;

    /// <inheritdoc/>
    public int Size => Session.Size;

    /// <summary>The largest count of one call. Counts are 32-bit integers; longer spans are sent in parts.</summary>
    internal int MaxCount { get; set; } = 1 << 28;

    internal MpiSession Session { get; }

    /// <summary>Starts MPI. A process that no launcher has started is rank 0 of 1.</summary>
    /// <param name="library">The path or name of the MPI library, if it is not to be searched.</param>
    /// <exception cref="DllNotFoundException">There is no MPI library, or the named one cannot be used.</exception>
    /// <exception cref="InvalidOperationException">
    /// MPI was started before in this process, or the library is not that of the launcher.
    /// </exception>
    public static MpiCollective Start(string? library = null) => new(MpiLibrary.Load(library));

    /// <summary>Starts MPI if a launcher has started this process. Otherwise returns <see langword="null"/> and loads no library.</summary>
    /// <param name="library">The path or name of the MPI library, if it is not to be searched.</param>
    /// <exception cref="DllNotFoundException">There is no MPI library, or the named one cannot be used.</exception>
    /// <exception cref="InvalidOperationException">
    /// MPI was started before in this process, or the library is not that of the launcher.
    /// </exception>
    public static MpiCollective? StartIfLaunched(string? library = null) => IsLaunched ? Start(library) : null;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">MPI reports an error.</exception>
    /// <exception cref="ObjectDisposedException">MPI has ended in this process.</exception>
    public void Sum(Span<double> values)
    {
        ThrowIfUnusable();
        for (; values.Length > 0; values = values[Math.Min(values.Length, MaxCount)..])
        {
            Span<double> part = values[..Math.Min(values.Length, MaxCount)];
            _library.Functions.AllReduce(_library.Abi.InPlace, part, _library.Abi.Float64, _library.Abi.Sum, _library.Abi.World);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">MPI reports an error.</exception>
    /// <exception cref="ObjectDisposedException">MPI has ended in this process.</exception>
    public void Broadcast(Span<double> values, int root)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(root, Size);
        ThrowIfUnusable();
        for (; values.Length > 0; values = values[Math.Min(values.Length, MaxCount)..])
            _library.Functions.Broadcast(values[..Math.Min(values.Length, MaxCount)], _library.Abi.Float64, root, _library.Abi.World);
    }

    /// <summary>
    /// Writes the message to standard error, with the number of the rank, and ends all processes of the job. Does not return.
    /// </summary>
    /// <param name="exitCode">The exit code of the job, from 1 to 255.</param>
    /// <param name="message">The cause, as a sentence.</param>
    /// <exception cref="ObjectDisposedException">MPI has ended in this process.</exception>
    public void Abort(int exitCode, string message)
    {
        const int MaxExitCode = 255;
        ArgumentOutOfRangeException.ThrowIfLessThan(exitCode, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exitCode, MaxExitCode);
        ArgumentNullException.ThrowIfNull(message);
        ObjectDisposedException.ThrowIf(Session.HasEnded, this);
        Session.Abort(exitCode, message);
    }

    /// <summary>
    /// Ends the use of MPI, after all other ranks have called this method too. While an exception leaves the <c>using</c> block, it does
    /// not wait: the job then ends with this process, and fails if the exit code of this process is not 0.
    /// </summary>
    public void Dispose() => Session.End();

    /// <summary>Returns the rank, the number of ranks, and name and version of the MPI library.</summary>
    public override string ToString() => FormattableString.Invariant($"rank {Rank} of {Size}, {_library.Product.Name}");

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(!Session.IsRunning, this);
        if (Session.OnlyThread is { } thread && thread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException(
                $"{_library.Product.Name} allows calls only from the thread that has started MPI: do not use await between operations.");
    }
}

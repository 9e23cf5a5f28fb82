using System.Diagnostics;

namespace GradientDescent;

/// <summary>Writes the checkpoints of a run.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="every">
/// The interval between two checkpoints; <see langword="null"/>: a checkpoint at the end of an epoch, at most once per second.
/// </param>
/// <param name="identity">The identity of the run.</param>
internal sealed class CheckpointWriter(string path, Horizon? every, RunIdentity identity)
{
    private long _lastStep = -1;
    private long _lastTime = Stopwatch.GetTimestamp();

    /// <summary>The error message of the last write, or <see langword="null"/> if it succeeded.</summary>
    public string? Failure { get; private set; }

    /// <summary>Throws if the path is a directory or if its directory does not exist, so that a run fails before its first step.</summary>
    /// <param name="path">The path.</param>
    /// <param name="ranks">The ranks; rank 0 writes the file, and all throw. <see langword="null"/>: this process works alone.</param>
    public static void RequirePlace(string path, ICollective? ranks)
    {
        string problem = ranks is { Rank: > 0 } ? ""
            : Directory.Exists(path) ? "this is a directory; it must be the path of a file"
            : !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? "its folder does not exist"
            : "";
        if (ranks is not null)
            problem = ranks.Broadcast(problem, 0);
        if (problem.Length > 0)
            throw Guard.Invalid("CheckpointFile", $"CheckpointFile is '{path}': {problem}.");
    }

    /// <summary>Restores a run from a file. The run must not have made a step.</summary>
    /// <param name="path">The path of the file. Rank 0 reads it, where there are several ranks.</param>
    /// <param name="identity">The identity of the run.</param>
    /// <param name="run">The run to restore.</param>
    /// <param name="ranks">The ranks that continue the run together; <see langword="null"/>: this process works alone.</param>
    /// <exception cref="CheckpointFormatException">The file is damaged or does not match the options of the run.</exception>
    /// <exception cref="InvalidOperationException">The file belongs to another run.</exception>
    public static void Resume(string path, RunIdentity identity, ICheckpointed run, ICollective? ranks)
    {
        try
        {
            Snapshot snapshot = ranks is null ? CheckpointFile.Read(path) : CheckpointFile.Read(ReadOnRankZero(path, ranks));
            identity.Require(snapshot, path);
            run.Restore(snapshot);
        }
        catch (CheckpointFormatException e)
        {
            throw new CheckpointFormatException($"'{Path.GetFileName(path)}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Returns the bytes of a file that rank 0 reads and sends. If it cannot, all ranks throw.</summary>
    private static MemoryStream ReadOnRankZero(string path, ICollective ranks)
    {
        byte[] bytes = [];
        Exception? failure = null;
        if (ranks.Rank == 0)
        {
            try
            {
                bytes = File.ReadAllBytes(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failure = e;
            }
        }

        string message = ranks.Broadcast(failure?.Message ?? "", 0);
        return message.Length == 0 ? new MemoryStream(ranks.Broadcast(bytes, 0))
            : throw failure ?? new IOException($"Rank 0 could not read the checkpoint: {message}");
    }

    /// <summary>Writes a checkpoint after a step if one is due.</summary>
    public void WriteIfDue(TrainingClock clock, ICheckpointed run)
    {
        bool isDue = every is not null
            ? clock.Step % Period(clock) == 0
            : clock.Step % clock.StepsPerEpoch == 0 && Stopwatch.GetElapsedTime(_lastTime) >= TimeSpan.FromSeconds(1);
        if (isDue)
            Write(clock, run);
    }

    /// <summary>The number of steps from here to the next one after which a checkpoint may be due.</summary>
    public long StepsUntilDue(in TrainingClock clock) => Period(clock) - clock.Step % Period(clock);

    private long Period(in TrainingClock clock) =>
        every is { } horizon ? Math.Max(1, (long)Math.Round(horizon.InSteps(clock))) : clock.StepsPerEpoch;

    /// <summary>
    /// Writes a checkpoint, unless the run has not ended and the last checkpoint has the same step. A failed write does not end the run,
    /// because its results would be lost.
    /// </summary>
    public void Write(TrainingClock clock, ICheckpointed run)
    {
        if (clock.Step == _lastStep && !run.HasEnded)
            return;
        try
        {
            var snapshot = new Snapshot();
            identity.Save(snapshot);
            run.Save(snapshot);
            CheckpointFile.Write(path, snapshot);
            (_lastStep, Failure) = (clock.Step, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Failure = e.Message;
        }

        _lastTime = Stopwatch.GetTimestamp();
    }
}

using System.Diagnostics;

namespace GradientDescent;

/// <summary>Writes the checkpoints of a run.</summary>
/// <param name="path">The file.</param>
/// <param name="every">How often; <see langword="null"/>: at ends of epochs, at most once a second.</param>
/// <param name="identity">The identity of the run.</param>
internal sealed class CheckpointWriter(string path, Horizon? every, RunIdentity identity)
{
    private long _lastStep = -1;
    private long _lastTime = Stopwatch.GetTimestamp();

    /// <summary>Why the latest write was not possible; <see langword="null"/> if it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Fails early if the path is not writable.</summary>
    public static void RequirePlace(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (Directory.Exists(path))
            throw Guard.Invalid("CheckpointFile", $"CheckpointFile is '{path}': that is a folder; it must be a file's name.");
        if (!Directory.Exists(folder))
            throw Guard.Invalid("CheckpointFile", $"CheckpointFile is '{path}': its folder does not exist.");
    }

    /// <summary>Continues a run, which has not begun, from a file.</summary>
    /// <exception cref="CheckpointFormatException">The file is damaged, or does not fit the run's options.</exception>
    /// <exception cref="InvalidOperationException">The file is of another run.</exception>
    public static void Resume(string path, RunIdentity identity, ICheckpointed run)
    {
        try
        {
            Snapshot snapshot = CheckpointFile.Read(path);
            identity.Require(snapshot, path);
            run.Restore(snapshot);
        }
        catch (CheckpointFormatException e)
        {
            throw new CheckpointFormatException($"'{Path.GetFileName(path)}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Writes after a step if a checkpoint is due.</summary>
    public void WriteIfDue(TrainingClock clock, ICheckpointed run)
    {
        bool isDue = every is { } horizon
            ? clock.Step % Math.Max(1, (long)Math.Round(horizon.InSteps(clock))) == 0
            : clock.Step % clock.StepsPerEpoch == 0 && Stopwatch.GetElapsedTime(_lastTime) >= TimeSpan.FromSeconds(1);
        if (isDue)
            Write(clock, run);
    }

    /// <summary>Writes, unless this very state has been written. A failed write does not end the run, whose work would be lost.</summary>
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

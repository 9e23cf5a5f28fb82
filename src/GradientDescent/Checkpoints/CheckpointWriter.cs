using System.Diagnostics;

namespace GradientDescent;

/// <summary>
/// Which run a checkpoint belongs to: everything that must be the same for the run to be continued. Rates, schedules' settings and limits may change.
/// </summary>
internal sealed class RunIdentity
{
    private readonly List<(string Name, string Value)> _facts = [];

    public void Add(string name, object value) => _facts.Add((name, Format.Text($"{value}")));

    public void Save(Snapshot snapshot)
    {
        foreach ((string name, string value) in _facts)
            snapshot.Add("run." + name, value);
    }

    /// <exception cref="InvalidOperationException">The checkpoint is of another run; the message names the first difference.</exception>
    public void Require(Snapshot snapshot, string path)
    {
        foreach ((string name, string value) in _facts)
        {
            string found = snapshot.TakeText("run." + name);
            if (found != value)
                throw new InvalidOperationException(
                    $"'{Path.GetFileName(path)}' is the checkpoint of another run: it has {name} '{Shown(found)}', this run has '{Shown(value)}'. Nothing was changed.");
        }
    }

    private static string Shown(string value) => value.Length <= 100 ? value : value[..100] + "…";
}

/// <summary>When and where a run is written down.</summary>
/// <param name="path">The file.</param>
/// <param name="every">How often; <see langword="null"/>: at ends of epochs, at most once a second.</param>
/// <param name="identity">Which run it is.</param>
internal sealed class CheckpointWriter(string path, Horizon? every, RunIdentity identity)
{
    private long _lastStep = -1;
    private long _lastTime = Stopwatch.GetTimestamp();

    /// <summary>Why the latest write was not possible; <see langword="null"/> if it was.</summary>
    public string? Failure { get; private set; }

    /// <summary>A place where no file can be is better known before the work than after it.</summary>
    public static void RequirePlace(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (Directory.Exists(path))
            throw Guard.Invalid(nameof(TrainingOptions.CheckpointFile), $"CheckpointFile is '{path}': that is a folder; it must be a file's name.");
        if (!Directory.Exists(folder))
            throw Guard.Invalid(nameof(TrainingOptions.CheckpointFile), $"CheckpointFile is '{path}': its folder does not exist.");
    }

    /// <summary>Puts a run that has not begun where a file says.</summary>
    /// <exception cref="CheckpointFormatException">The file is damaged, or does not fit the run's options.</exception>
    /// <exception cref="InvalidOperationException">It is of another run.</exception>
    public static void Resume(string path, RunIdentity identity, TrainingLoop loop)
    {
        try
        {
            Snapshot snapshot = CheckpointFile.Read(path);
            identity.Require(snapshot, path);
            loop.Restore(snapshot);
        }
        catch (CheckpointFormatException e)
        {
            throw new CheckpointFormatException($"'{Path.GetFileName(path)}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>After an update: writes if it is time again.</summary>
    public void WriteIfDue(TrainingClock clock, TrainingLoop loop)
    {
        bool isDue = every is { } horizon
            ? clock.Step % Math.Max(1, (long)Math.Round(horizon.InSteps(clock))) == 0
            : clock.Step % clock.StepsPerEpoch == 0 && Stopwatch.GetElapsedTime(_lastTime) >= TimeSpan.FromSeconds(1);
        if (isDue)
            Write(clock, loop);
    }

    /// <summary>Writes, unless this very state has been written. What cannot be written does not end the run, whose work would be lost.</summary>
    public void Write(TrainingClock clock, TrainingLoop loop)
    {
        if (clock.Step == _lastStep && !loop.HasEnded)
            return;
        try
        {
            var snapshot = new Snapshot();
            identity.Save(snapshot);
            loop.Save(snapshot);
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

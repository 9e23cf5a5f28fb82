using System.Collections.Immutable;
using System.Diagnostics;

namespace GradientDescent;

/// <summary>
/// Reports the progress of a run: to observers after every step, to a progress handler at a bounded rate, to .NET meters after every epoch.
/// </summary>
/// <param name="observers">The observers, called in this order after every step.</param>
/// <param name="progress">The progress handler, called at most once per <paramref name="interval"/>, and after the last step.</param>
/// <param name="interval">The wall time between two calls of <paramref name="progress"/>.</param>
/// <param name="tags">The tags of the measurements.</param>
internal sealed class RunMonitor(
    ImmutableArray<ITrainingObserver> observers, IProgress<TrainingReport>? progress, TimeSpan interval, TagList tags)
{
    private readonly TagList _tags = tags;
    private long _lastProgress;
    private TrainingReport _latest;
    private bool _isPending;
    private long _countedSteps;
    private long _countedSamples;
    private long _countedEpochs;

    /// <summary>Whether there is an observer or a progress handler.</summary>
    public bool IsObserved { get; } = progress is not null || !observers.IsEmpty;

    public void Observe(in TrainingReport report)
    {
        foreach (ITrainingObserver observer in observers)
            observer.Observe(in report);
        if (progress is null)
            return;
        (_latest, _isPending) = (report, true);
        if (_lastProgress == 0 || Stopwatch.GetElapsedTime(_lastProgress) >= interval)
            Flush();
    }

    /// <summary>Passes the latest report to the progress handler, if it has not been passed yet.</summary>
    public void Flush()
    {
        if (!_isPending)
            return;
        _lastProgress = Stopwatch.GetTimestamp();
        _isPending = false;
        progress!.Report(_latest);
    }

    /// <summary>Adds the work since the last call to the .NET meters.</summary>
    /// <param name="steps">The number of steps so far.</param>
    /// <param name="samples">The number of samples evaluated so far.</param>
    /// <param name="epochs">The number of epochs completed so far.</param>
    /// <param name="epochLoss">
    /// The loss of the epoch that has just ended, in the user's units; <see langword="null"/>: no epoch has just ended.
    /// </param>
    public void Count(long steps, long samples, long epochs, double? epochLoss)
    {
        if (!Telemetry.IsMetered)
            return;
        Telemetry.Add(in _tags, steps - _countedSteps, samples - _countedSamples, epochs - _countedEpochs, epochLoss);
        Skip(steps, samples, epochs);
    }

    /// <summary>Sets the counts that an interrupted run has already added, so that they are not added again.</summary>
    public void Skip(long steps, long samples, long epochs) => (_countedSteps, _countedSamples, _countedEpochs) = (steps, samples, epochs);
}

using System.Collections.Immutable;
using System.Diagnostics;

namespace GradientDescent;

/// <summary>
/// Passes on how a run stands: to observers after every step, to a progress handler at a bounded rate, to .NET's meters after every epoch.
/// </summary>
/// <param name="observers">Called after every step, in this order.</param>
/// <param name="progress">Called at most once per <paramref name="interval"/>, and after the last step.</param>
/// <param name="interval">The wall time between two calls of <paramref name="progress"/>.</param>
internal sealed class RunMonitor(ImmutableArray<ITrainingObserver> observers, IProgress<TrainingReport>? progress, TimeSpan interval)
{
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

    /// <summary>Adds what was done since the last call to .NET's meters.</summary>
    /// <param name="steps">The steps made so far.</param>
    /// <param name="samples">The samples evaluated so far.</param>
    /// <param name="epochs">The epochs completed so far.</param>
    /// <param name="epochLoss">The loss of the epoch that has just ended, in the user's units, if one has.</param>
    public void Count(long steps, long samples, long epochs, double? epochLoss)
    {
        if (!Telemetry.IsMetered)
            return;
        Telemetry.Add(steps - _countedSteps, samples - _countedSamples, epochs - _countedEpochs, epochLoss);
        Skip(steps, samples, epochs);
    }

    /// <summary>Leaves out what an interrupted run has counted already.</summary>
    public void Skip(long steps, long samples, long epochs) => (_countedSteps, _countedSamples, _countedEpochs) = (steps, samples, epochs);
}

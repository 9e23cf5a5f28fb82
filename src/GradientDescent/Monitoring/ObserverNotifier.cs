using System.Collections.Immutable;
using System.Diagnostics;

namespace GradientDescent;

/// <summary>Passes reports on to those who watch a run: observers at every update, progress at a bounded rate.</summary>
internal sealed class ObserverNotifier(TrainingOptions options)
{
    private readonly ImmutableArray<ITrainingObserver> _observers = options.Observers;
    private readonly IProgress<TrainingReport>? _progress = options.Progress;
    private readonly TimeSpan _interval = options.ProgressInterval;
    private long _lastTold;
    private TrainingReport _latest;
    private bool _isUntold;

    public bool IsWatching { get; } = options.Progress is not null || !options.Observers.IsEmpty;

    public void Observe(in TrainingReport report)
    {
        foreach (ITrainingObserver observer in _observers)
            observer.Observe(in report);
        if (_progress is null)
            return;
        (_latest, _isUntold) = (report, true);
        if (_lastTold == 0 || Stopwatch.GetElapsedTime(_lastTold) >= _interval)
            Tell();
    }

    /// <summary>When the run ends: the last update is always told.</summary>
    public void End()
    {
        if (_isUntold)
            Tell();
    }

    private void Tell()
    {
        _lastTold = Stopwatch.GetTimestamp();
        _isUntold = false;
        _progress!.Report(_latest);
    }
}

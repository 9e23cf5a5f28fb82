using System.Diagnostics;

namespace GradientDescent;

/// <summary>Counts the steps, epochs and samples of a run, and measures its wall time.</summary>
internal sealed class RunClock
{
    private readonly TrainingProblem _problem;
    private readonly int _samplesPerStep;
    private readonly Stopwatch _watch = new();
    private TrainingClock _counts;
    private TimeSpan _elapsedBefore;

    /// <param name="problem">The problem that is optimised.</param>
    /// <param name="limits">The limits of the run, from which its planned length follows.</param>
    public RunClock(TrainingProblem problem, Limits limits)
    {
        int perEpoch = problem.BatchesPerEpoch;
        (_problem, _samplesPerStep) = (problem, problem.SamplesIn(0));
        long? byEpochs = limits.MaxEpochs > long.MaxValue / perEpoch ? long.MaxValue : limits.MaxEpochs * perEpoch;
        long? bySamples = null;
        if (limits.MaxSamples is { } max && problem.SamplesPerEpoch is { } samples)
            bySamples = max / samples * perEpoch + (max % samples + _samplesPerStep - 1) / _samplesPerStep;
        _counts = new TrainingClock
        {
            StepsPerEpoch = perEpoch,
            SamplesPerEpoch = problem.SamplesPerEpoch,
            PlannedSteps = new[] { limits.MaxSteps, byEpochs, bySamples }.Min(),
        };
    }

    /// <summary>The counts of the run, which schedules receive. They are kept, not made for each step: copying them takes longer.</summary>
    public ref readonly TrainingClock Counts => ref _counts;

    /// <summary>The number of steps made.</summary>
    public long Step => _counts.Step;

    /// <summary>The number of epochs completed.</summary>
    public long Epoch => _counts.Epoch;

    /// <summary>The number of samples that the steps evaluated.</summary>
    public long Samples => _counts.Samples;

    /// <summary>The place of the next batch in its epoch.</summary>
    public int Batch { get; private set; }

    /// <summary>The wall time of the run without pauses; it includes the time before an interruption.</summary>
    public TimeSpan Elapsed => _elapsedBefore + _watch.Elapsed;

    public void Start() => _watch.Start();

    public void Stop() => _watch.Stop();

    /// <summary>Counts a step; returns whether it was the last of its epoch.</summary>
    public bool Advance()
    {
        int samples = _problem.SamplesIn(Batch);
        bool endsEpoch = ++Batch == _counts.StepsPerEpoch;
        if (endsEpoch)
            Batch = 0;
        _counts.Advance(samples, endsEpoch);
        return endsEpoch;
    }

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("clock.step", Step);
        snapshot.Add("clock.elapsedTicks", Elapsed.Ticks);
        if (_problem.IsArriving)
            snapshot.Add("clock.samples", Samples);
    }

    public void Restore(Snapshot snapshot)
    {
        long step = snapshot.TakeCount("clock.step");
        (long epoch, long batch) = Math.DivRem(step, _counts.StepsPerEpoch);
        Batch = (int)batch;
        // All batches but the last of an epoch are equally large.
        long samples = _problem.IsArriving
            ? snapshot.TakeCount("clock.samples")
            : epoch * (_counts.SamplesPerEpoch ?? 0) + batch * _samplesPerStep;
        _counts = _counts with { Step = step, Epoch = epoch, Samples = samples };
        _elapsedBefore = TimeSpan.FromTicks(snapshot.TakeCount("clock.elapsedTicks", atMost: TimeSpan.MaxValue.Ticks / 2));
    }
}

using System.Diagnostics;

namespace GradientDescent;

/// <summary>How far a run has come: steps, epochs, samples, and wall time at work.</summary>
internal sealed class RunClock
{
    private readonly TrainingProblem _problem;
    private readonly long? _plannedSteps;
    private readonly int _batchesPerEpoch;
    private readonly Stopwatch _watch = new();
    private TimeSpan _elapsedBefore;

    /// <param name="problem">The problem that is optimised.</param>
    /// <param name="limits">The limits of the run, from which its planned length follows.</param>
    public RunClock(TrainingProblem problem, Limits limits)
    {
        (_problem, _batchesPerEpoch) = (problem, problem.BatchesPerEpoch);
        long perEpoch = _batchesPerEpoch;
        long? byEpochs = limits.MaxEpochs > long.MaxValue / perEpoch ? long.MaxValue : limits.MaxEpochs * perEpoch;
        long? bySamples = null;
        if (limits.MaxSamples is { } max && problem.SamplesPerEpoch is { } samples)
            bySamples = max / samples * perEpoch + (max % samples + problem.SamplesIn(0) - 1) / problem.SamplesIn(0);
        _plannedSteps = new[] { limits.MaxSteps, byEpochs, bySamples }.Min();
    }

    /// <summary>The number of steps made.</summary>
    public long Step { get; private set; }

    /// <summary>The number of epochs completed.</summary>
    public long Epoch { get; private set; }

    /// <summary>The number of samples that the steps evaluated.</summary>
    public long Samples { get; private set; }

    /// <summary>The place of the next batch in its epoch.</summary>
    public int Batch { get; private set; }

    /// <summary>The number of steps at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</summary>
    public long? PlannedSteps => _plannedSteps;

    /// <summary>The wall time at work, before an interruption too.</summary>
    public TimeSpan Elapsed => _elapsedBefore + _watch.Elapsed;

    public void Start() => _watch.Start();

    public void Stop() => _watch.Stop();

    /// <summary>Counts a step; returns whether it was the last of its epoch.</summary>
    public bool Advance()
    {
        Step++;
        Samples += _problem.SamplesIn(Batch);
        if (++Batch < _batchesPerEpoch)
            return false;
        Batch = 0;
        Epoch++;
        return true;
    }

    /// <summary>What schedules see.</summary>
    public TrainingClock ToTrainingClock() => new()
    {
        Step = Step,
        Epoch = Epoch,
        StepsPerEpoch = _batchesPerEpoch,
        Samples = Samples,
        PlannedSteps = _plannedSteps,
        SamplesPerEpoch = _problem.SamplesPerEpoch,
    };

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("clock.step", Step);
        snapshot.Add("clock.elapsedTicks", Elapsed.Ticks);
    }

    public void Restore(Snapshot snapshot)
    {
        Step = snapshot.TakeCount("clock.step");
        (Epoch, long batch) = Math.DivRem(Step, _batchesPerEpoch);
        Batch = (int)batch;
        // All batches but the last of an epoch are equally large.
        Samples = Epoch * (_problem.SamplesPerEpoch ?? 0) + batch * _problem.SamplesIn(0);
        _elapsedBefore = TimeSpan.FromTicks(snapshot.TakeCount("clock.elapsedTicks", atMost: TimeSpan.MaxValue.Ticks / 2));
    }
}

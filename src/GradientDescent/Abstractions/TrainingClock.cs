namespace GradientDescent;

/// <summary>The position of a run before the next step.</summary>
public readonly record struct TrainingClock
{
    /// <summary>The number of steps made so far.</summary>
    public long Step { get; init; }

    /// <summary>The number of complete passes over the data so far. An objective without samples counts each step as one pass.</summary>
    public long Epoch { get; init; }

    /// <summary>The number of steps per epoch, at least 1; 0 if unknown, for example if only the step is set.</summary>
    public long StepsPerEpoch { get; init; }

    /// <summary>The number of samples evaluated by the steps so far.</summary>
    public long Samples { get; init; }

    /// <summary>The step at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</summary>
    public long? PlannedSteps { get; init; }

    /// <summary>
    /// The number of samples that the steps of one epoch evaluate; <see langword="null"/> if there are none or it is unknown.
    /// </summary>
    public long? SamplesPerEpoch { get; init; }

    /// <summary>Returns the clock relative to a step at which something began; before that step all counts are 0.</summary>
    internal TrainingClock Since(long start)
    {
        long elapsed = Math.Max(Step - start, 0);
        return this with
        {
            Step = elapsed,
            Epoch = StepsPerEpoch > 0 ? elapsed / StepsPerEpoch : 0,
            Samples = elapsed == 0 ? 0 : (long)((Int128)Samples * elapsed / Step), // proportional: only an epoch's last batch differs
            PlannedSteps = PlannedSteps is { } planned ? Math.Max(planned - start, 0) : null,
        };
    }
}

namespace GradientDescent;

/// <summary>Where a run stands before the next step.</summary>
public readonly record struct TrainingClock
{
    /// <summary>The steps made so far.</summary>
    public long Step { get; init; }

    /// <summary>The whole passes over the data made so far. An objective without samples counts each step as one.</summary>
    public long Epoch { get; init; }

    /// <summary>The steps of an epoch, at least 1; 0 if unknown, as in a clock of which only the step is given.</summary>
    public long StepsPerEpoch { get; init; }

    /// <summary>The samples that the steps so far evaluated.</summary>
    public long Samples { get; init; }

    /// <summary>The step at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</summary>
    public long? PlannedSteps { get; init; }

    /// <summary>The samples that the steps of an epoch evaluate; <see langword="null"/> if there are none or it is unknown.</summary>
    public long? SamplesPerEpoch { get; init; }

    /// <summary>The clock of something that began at an update; before it, all is 0.</summary>
    internal TrainingClock Since(long start)
    {
        long elapsed = Math.Max(Step - start, 0);
        return this with
        {
            Step = elapsed,
            Epoch = StepsPerEpoch > 0 ? elapsed / StepsPerEpoch : 0,
            Samples = elapsed == 0 ? 0 : (long)((Int128)Samples * elapsed / Step), // its share: batches differ by an epoch's last one only
            PlannedSteps = PlannedSteps is { } planned ? Math.Max(planned - start, 0) : null,
        };
    }
}

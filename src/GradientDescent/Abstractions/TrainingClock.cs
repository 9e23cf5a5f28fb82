namespace GradientDescent;

/// <summary>The position of a run before its next step.</summary>
public record struct TrainingClock
{
    private long _step;
    private long _epoch;
    private long _samples;

    /// <summary>The number of steps made so far.</summary>
    public long Step { readonly get => _step; init => _step = value; }

    /// <summary>The number of complete passes over the data. For an objective without samples, each step counts as one.</summary>
    public long Epoch { readonly get => _epoch; init => _epoch = value; }

    /// <summary>The number of steps in an epoch, at least 1; 0 if unknown, as in a clock that has only a step.</summary>
    public long StepsPerEpoch { readonly get; init; }

    /// <summary>The number of samples that the steps so far evaluated.</summary>
    public long Samples { readonly get => _samples; init => _samples = value; }

    /// <summary>The step at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</summary>
    public long? PlannedSteps { readonly get; init; }

    /// <summary>
    /// The number of samples that the steps of an epoch evaluate; <see langword="null"/> if there are none or it is unknown.
    /// </summary>
    public long? SamplesPerEpoch { readonly get; init; }

    /// <summary>Counts a step.</summary>
    /// <param name="samples">The number of samples that it evaluated.</param>
    /// <param name="endsEpoch">Whether it was the last of its epoch.</param>
    internal void Advance(int samples, bool endsEpoch)
    {
        _step++;
        _samples += samples;
        if (endsEpoch)
            _epoch++;
    }

    /// <summary>The clock of something that began at a given step. Before that step, all counts are 0.</summary>
    internal readonly TrainingClock Since(long start)
    {
        long elapsed = Math.Max(Step - start, 0);
        return this with
        {
            Step = elapsed,
            Epoch = StepsPerEpoch > 0 ? elapsed / StepsPerEpoch : 0,
            Samples = elapsed == 0 ? 0 : (long)((Int128)Samples * elapsed / Step), // proportional: only the last batch differs
            PlannedSteps = PlannedSteps is { } planned ? Math.Max(planned - start, 0) : null,
        };
    }
}

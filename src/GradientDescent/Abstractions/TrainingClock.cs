namespace GradientDescent;

/// <summary>Where a run stands when an update is about to be made.</summary>
/// <param name="Step">Updates made so far.</param>
/// <param name="Epoch">Whole passes over the data made so far. An objective without samples counts each update as one.</param>
/// <param name="StepsPerEpoch">Updates in an epoch, at least 1; 0 where it is unknown, as in a clock of which only the step is given.</param>
/// <param name="Samples">Samples evaluated by the updates so far.</param>
/// <param name="PlannedSteps">Updates at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</param>
/// <param name="SamplesPerEpoch">Samples that the updates of an epoch evaluate; <see langword="null"/> if there are none or it is unknown.</param>
public readonly record struct TrainingClock(
    long Step, long Epoch, long StepsPerEpoch, long Samples, long? PlannedSteps, long? SamplesPerEpoch = null)
{
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

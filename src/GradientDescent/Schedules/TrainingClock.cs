namespace GradientDescent;

/// <summary>Where a run stands when an update is about to be made.</summary>
/// <param name="Step">Updates made so far.</param>
/// <param name="Epoch">Whole passes over the data made so far. An objective without samples counts each update as one.</param>
/// <param name="StepsPerEpoch">Updates in an epoch, at least 1.</param>
/// <param name="Samples">Samples evaluated by the updates so far.</param>
/// <param name="PlannedSteps">Updates at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</param>
public readonly record struct TrainingClock(long Step, long Epoch, long StepsPerEpoch, long Samples, long? PlannedSteps);

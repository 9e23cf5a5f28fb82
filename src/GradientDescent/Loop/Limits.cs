namespace GradientDescent;

/// <summary>The limits of a run.</summary>
internal sealed record Limits(
    long? MaxSteps, long? MaxEpochs, long? MaxSamples, double? GradientTolerance, double? StandardErrorTolerance)
{
    /// <summary>The maximum number of steps; the largest integer if there is no limit.</summary>
    public long Steps { get; } = MaxSteps ?? long.MaxValue;

    /// <summary>The maximum number of epochs; the largest integer if there is no limit.</summary>
    public long Epochs { get; } = MaxEpochs ?? long.MaxValue;

    /// <summary>The maximum number of samples; the largest integer if there is no limit.</summary>
    public long Samples { get; } = MaxSamples ?? long.MaxValue;
}

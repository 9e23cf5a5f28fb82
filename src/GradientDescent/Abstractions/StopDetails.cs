namespace GradientDescent;

/// <summary>The end of a run: the test that ended it, with its numbers.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Quantity">What was measured, such as <c>gradient norm</c> or <c>parameter 3</c>.</param>
/// <param name="Measured">Its value.</param>
/// <param name="Threshold">What it was compared with; NaN where nothing was.</param>
public sealed record StopDetails(StopReason Reason, string Quantity, double Measured, double Threshold)
{
    internal static StopDetails Cancelled { get; } = new(StopReason.Cancelled, "cancellation was requested", double.NaN, double.NaN);

    /// <summary>What the test found, in words.</summary>
    public override string ToString() => Reason switch
    {
        StopReason.Converged or StopReason.TargetReached or StopReason.ParametersSettled or StopReason.LossSettled =>
            Format.Text($"{Quantity} {Measured:G6} {(Measured <= Threshold ? '≤' : '≥')} {Threshold:G6}"),
        StopReason.MaxSteps or StopReason.MaxEpochs or StopReason.MaxSamples => Format.Text($"{Reason} is {Threshold}"),
        StopReason.MaxTime => Format.Text($"{Reason} is {Threshold} s"),
        StopReason.NoImprovement => Format.Text($"{Measured} epochs without a lower {Quantity}"),
        StopReason.Diverged when !double.IsNaN(Threshold) => Format.Text($"{Quantity} {Measured:G6} {(Measured > Threshold ? '>' : '<')} {Threshold:G6}"),
        StopReason.Diverged => Format.Text($"{Quantity} is {Measured}"),
        _ => Quantity,
    };
}

using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The end of a run: the test that ended it, with its numbers.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record StopDetails
{
    /// <summary>The reason.</summary>
    public required StopReason Reason { get; init; }

    /// <summary>
    /// The name of the measured quantity, such as <c>gradient norm</c>, <c>parameter 3</c> or <c>epochs without a lower loss</c>.
    /// </summary>
    public required string Quantity { get; init; }

    /// <summary>The measured value; NaN if there is none.</summary>
    public double Measured { get; init; } = double.NaN;

    /// <summary>The value that it was compared with; NaN if there is none.</summary>
    public double Threshold { get; init; } = double.NaN;

    internal static StopDetails Cancelled { get; } = new() { Reason = StopReason.Cancelled, Quantity = "cancellation was requested" };

    internal static StopDetails Paused { get; } = new() { Reason = StopReason.Paused, Quantity = "no more steps were requested" };

    /// <summary>Creates the details of a test that compared a quantity with a threshold.</summary>
    internal static StopDetails Limit(StopReason reason, string quantity, double measured, double threshold) =>
        new() { Reason = reason, Quantity = quantity, Measured = measured, Threshold = threshold };

    /// <summary>Creates the details of a quantity that is not finite.</summary>
    internal static StopDetails NonFinite(string quantity, double measured) =>
        new() { Reason = StopReason.Diverged, Quantity = quantity, Measured = measured };

    /// <summary>Returns the result of the test as text.</summary>
    public override string ToString() => Reason switch
    {
        StopReason.Converged or StopReason.TargetReached or StopReason.ParametersSettled or StopReason.LossSettled =>
            Format.Text($"{Quantity} {Measured:G6} {(Measured <= Threshold ? '≤' : '≥')} {Threshold:G6}"),
        StopReason.MaxSteps or StopReason.MaxEpochs or StopReason.MaxSamples or StopReason.MaxEvaluations =>
            Format.Text($"{Reason} is {Threshold}"),
        StopReason.MaxTime => Format.Text($"{Reason} is {Threshold} s"),
        StopReason.NoImprovement => Format.Text($"{Measured} {Quantity}"),
        StopReason.Diverged when !double.IsNaN(Threshold) =>
            Format.Text($"{Quantity} {Measured:G6} {(Measured > Threshold ? '>' : '<')} {Threshold:G6}"),
        StopReason.Diverged => Format.Text($"{Quantity} is {Measured}"),
        _ => Quantity,
    };
}

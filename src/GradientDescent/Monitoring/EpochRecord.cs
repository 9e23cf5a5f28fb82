using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The measurements of one epoch.</summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public readonly record struct EpochRecord
{
    /// <summary>Creates a record whose optional measurements are NaN.</summary>
    public EpochRecord()
    {
    }

    /// <summary>The number of epochs completed before this one: 0 for the first.</summary>
    public required long Epoch { get; init; }

    /// <summary>The number of steps made when the epoch was measured.</summary>
    public required long Step { get; init; }

    /// <summary>
    /// The loss in the user's units. Full batches: at the epoch's start. Mini-batches: the mean over the epoch's batches, each at its
    /// own parameters.
    /// </summary>
    public required double Loss { get; init; }

    /// <summary>
    /// The loss over all samples at the parameters after <see cref="Step"/> steps, in the user's units: of full batches, and of
    /// mini-batches with <see cref="TrainingOptions.MeasureFullLoss"/>; otherwise NaN. Unlike <see cref="Loss"/>, it can be compared
    /// between batch sizes.
    /// </summary>
    public double FullLoss { get; init; } = double.NaN;

    /// <summary>The rate of the latest step; NaN before the first step.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>The loss on the validation data at the end of the epoch, in the user's units; NaN if there is none.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>The metric on the validation data: R² for regression, the accuracy for classification; NaN if there is none.</summary>
    public double ValidationMetric { get; init; } = double.NaN;

    /// <summary>The same metric on the training data, at the same parameters; NaN without validation data.</summary>
    public double TrainingMetric { get; init; } = double.NaN;

    /// <summary>Returns the epoch and its losses as text.</summary>
    public override string ToString() =>
        Format.Text($"epoch {Epoch}: {Loss}{(double.IsNaN(ValidationLoss) ? "" : Format.Text($", validation {ValidationLoss}"))}");
}

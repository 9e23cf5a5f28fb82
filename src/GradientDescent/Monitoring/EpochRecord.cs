namespace GradientDescent;

/// <summary>What is known of one epoch.</summary>
public readonly record struct EpochRecord
{
    /// <summary>A record without measurements; set what is known.</summary>
    public EpochRecord()
    {
    }

    /// <summary>The number of epochs completed before it: 0 for the first.</summary>
    public required long Epoch { get; init; }

    /// <summary>The number of steps made when it was measured.</summary>
    public required long Step { get; init; }

    /// <summary>
    /// The loss in the user's units. Full batches: at the epoch's start. Mini-batches: the mean over the epoch's batches, each at the
    /// parameters that it was evaluated at.
    /// </summary>
    public required double Loss { get; init; }

    /// <summary>The rate of the latest step; NaN before the first.</summary>
    public double LearningRate { get; init; } = double.NaN;

    /// <summary>The loss on the validation data at the end of the epoch, in the user's units; NaN where there is none.</summary>
    public double ValidationLoss { get; init; } = double.NaN;

    /// <summary>On the same data: R² for regression, the accuracy for classification; NaN where there is none.</summary>
    public double ValidationMetric { get; init; } = double.NaN;

    /// <summary>The same metric on the training data, at the same parameters; NaN without validation data.</summary>
    public double TrainingMetric { get; init; } = double.NaN;

    /// <summary>Epoch and losses.</summary>
    public override string ToString() =>
        Format.Text($"epoch {Epoch}: {Loss}{(double.IsNaN(ValidationLoss) ? "" : Format.Text($", validation {ValidationLoss}"))}");
}

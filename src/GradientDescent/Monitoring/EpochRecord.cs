namespace GradientDescent;

/// <summary>What is known of one epoch.</summary>
/// <param name="Epoch">Epochs completed before it: 0 for the first.</param>
/// <param name="Step">Updates made when it was measured.</param>
/// <param name="Loss">In the user's units. Full batches: the loss at the epoch's start. Mini-batches: the mean over the epoch's batches, each at the parameters it met.</param>
/// <param name="LearningRate">The rate of the latest update; NaN before the first.</param>
/// <param name="ValidationLoss">The loss on the validation data, where the run stood then; in the user's units; NaN where there is none.</param>
/// <param name="ValidationMetric">On the same data: R² for regression, the share of right classes for classification; NaN where there is none.</param>
/// <param name="TrainingMetric">The same on the training data, at the same parameters; NaN without validation data.</param>
public readonly record struct EpochRecord(
    long Epoch,
    long Step,
    double Loss,
    double LearningRate = double.NaN,
    double ValidationLoss = double.NaN,
    double ValidationMetric = double.NaN,
    double TrainingMetric = double.NaN)
{
    /// <summary>Epoch and losses.</summary>
    public override string ToString() =>
        Format.Text($"epoch {Epoch}: {Loss}{(double.IsNaN(ValidationLoss) ? "" : Format.Text($", validation {ValidationLoss}"))}");
}

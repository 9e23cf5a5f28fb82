namespace GradientDescent;

/// <summary>How a run stands after an update: numbers only.</summary>
/// <param name="Step">Updates made, this one included.</param>
/// <param name="Epoch">Whole passes over the data made.</param>
/// <param name="Samples">Samples evaluated by the updates.</param>
/// <param name="Loss">The loss that this update looked at, before it: of the batch, in the user's units.</param>
/// <param name="GradientNorm">The Euclidean norm of that batch's gradient, of the problem as optimised, before any clipping.</param>
/// <param name="LearningRate">The rate of this update: base rate times schedule, times what recoveries from divergence have left of it.</param>
/// <param name="EndsEpoch">Whether this update was an epoch's last.</param>
/// <param name="EpochLoss">The latest loss of a whole epoch, in the user's units (see <see cref="EpochRecord.Loss"/>); NaN before there is one.</param>
/// <param name="ValidationLoss">The latest loss on the validation data, in the user's units; NaN before there is one.</param>
/// <param name="PlannedSteps">Updates at which the run ends if nothing stops it earlier; <see langword="null"/> if unknown.</param>
/// <param name="Elapsed">Wall time of the run so far.</param>
public readonly record struct TrainingReport(
    long Step,
    long Epoch,
    long Samples,
    double Loss,
    double GradientNorm,
    double LearningRate,
    bool EndsEpoch,
    double EpochLoss,
    double ValidationLoss,
    long? PlannedSteps,
    TimeSpan Elapsed)
{
    /// <summary>Update, epoch, loss and rate.</summary>
    public override string ToString() => Format.Text($"update {Step}, epoch {Epoch}: loss {Loss:G6}, gradient norm {GradientNorm:G3}, rate {LearningRate:G3}");
}

namespace GradientDescent;

/// <summary>What an <see cref="OnlineTrainer"/> knows after a batch.</summary>
public sealed class OnlineReport
{
    internal OnlineReport()
    {
    }

    /// <summary>The number of batches that were learned.</summary>
    public required long Batches { get; init; }

    /// <summary>The number of samples in these batches.</summary>
    public required long Samples { get; init; }

    /// <summary>The mean loss of this batch before it was learned.</summary>
    public required double BatchLoss { get; init; }

    /// <summary>
    /// The mean loss of all samples, each at the parameters before it was learned: an estimate of the loss on new samples that needs no
    /// test set.
    /// </summary>
    public required double ProgressiveLoss { get; init; }

    /// <summary>The same mean, in which older samples count less; see <see cref="OnlineOptions.HalfLife"/>.</summary>
    public required double RecentLoss { get; init; }

    /// <summary>
    /// The fraction of samples of a classifier whose class was predicted before they were learned; NaN for other models.
    /// </summary>
    public required double ProgressiveAccuracy { get; init; }

    /// <summary>The same fraction, in which older samples count less.</summary>
    public required double RecentAccuracy { get; init; }

    /// <summary>The learning rate of the step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// Whether this batch was left out, because its loss or gradient was not finite. It changed nothing but <see cref="SkippedBatches"/>.
    /// </summary>
    public required bool IsSkipped { get; init; }

    /// <summary>The number of batches that were left out.</summary>
    public required long SkippedBatches { get; init; }

    /// <summary>Whether the test of <see cref="OnlineOptions.Drift"/> has found a drift at this batch.</summary>
    public required bool HasDrifted { get; init; }

    /// <summary>Returns the counts and the losses as text.</summary>
    public override string ToString()
    {
        string accuracy = double.IsNaN(ProgressiveAccuracy) ? "" : Format.Text($", accuracy {ProgressiveAccuracy:P1}");
        string losses = Format.Text($"progressive loss {ProgressiveLoss:G5}, recently {RecentLoss:G5}");
        return $"{Format.Count(Samples, "sample")}, {losses}{accuracy}";
    }
}

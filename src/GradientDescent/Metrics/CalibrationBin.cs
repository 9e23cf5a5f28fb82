namespace GradientDescent;

/// <summary>A group of samples with similar probabilities, and the share of them that is positive.</summary>
public readonly record struct CalibrationBin
{
    /// <summary>The smallest probability in the bin.</summary>
    public required double Lowest { get; init; }

    /// <summary>The largest probability in the bin.</summary>
    public required double Highest { get; init; }

    /// <summary>The mean of the probabilities.</summary>
    public required double MeanPredicted { get; init; }

    /// <summary>The share of the samples that is positive.</summary>
    public required double ObservedShare { get; init; }

    /// <summary>The sum of the weights; without weights, the number of samples.</summary>
    public required double Weight { get; init; }
}

namespace GradientDescent;

/// <summary>A point of a <see cref="RocCurve"/>: what happens if samples from a threshold on are taken as positive.</summary>
public readonly record struct RocPoint
{
    /// <summary>Samples whose probability is at least this are taken as positive; +∞ at the first point, where none is.</summary>
    public required double Threshold { get; init; }

    /// <summary>The share of the negative samples that are taken as positive, from 0 to 1; NaN if there are none.</summary>
    public required double FalsePositiveRate { get; init; }

    /// <summary>The share of the positive samples that are taken as positive (the recall), from 0 to 1; NaN if there are none.</summary>
    public required double TruePositiveRate { get; init; }
}

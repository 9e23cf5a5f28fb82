namespace GradientDescent;

/// <summary>
/// A point of a <see cref="PrecisionRecallCurve"/>: what happens if samples from a threshold on are taken as positive.
/// </summary>
public readonly record struct PrecisionRecallPoint
{
    /// <summary>Samples whose probability is at least this are taken as positive.</summary>
    public required double Threshold { get; init; }

    /// <summary>The share of positive samples among those that are taken as positive, from 0 to 1.</summary>
    public required double Precision { get; init; }

    /// <summary>The share of the positive samples that are taken as positive, from 0 to 1; NaN if there are none.</summary>
    public required double Recall { get; init; }

    /// <summary>The harmonic mean of both, 2PR/(P + R); 0 if both are 0.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

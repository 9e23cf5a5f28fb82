namespace GradientDescent;

/// <summary>The scores of one fit; NaN if it threw an exception.</summary>
internal sealed record CurveScore
{
    public double Training { get; init; } = double.NaN;

    public double Test { get; init; } = double.NaN;

    public bool IsConverged { get; init; }

    public Exception? Error { get; init; }
}

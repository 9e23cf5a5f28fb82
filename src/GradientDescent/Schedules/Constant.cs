namespace GradientDescent;

/// <summary>The same factor throughout.</summary>
public sealed record Constant : ISchedule
{
    private readonly double _factor;

    /// <summary>A schedule of one factor.</summary>
    /// <param name="factor">The factor, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public Constant(double factor = 1) => _factor = Guard.FiniteNonNegative(factor);

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => _factor;

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Guard.Text($"Constant({_factor})");
}

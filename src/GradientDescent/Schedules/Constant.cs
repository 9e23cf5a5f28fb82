namespace GradientDescent;

/// <summary>The same factor throughout.</summary>
/// <param name="factor">The factor, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
public sealed class Constant(double factor = 1) : ISchedule
{
    private readonly double _factor = Guard.FiniteNonNegative(factor);

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => _factor;
}

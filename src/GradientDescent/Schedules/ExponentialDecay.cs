using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The factor falls steadily, by γ each <c>every</c>: γ^(t/s).</summary>
/// <param name="every">The length s over which the factor falls to γ.</param>
/// <param name="gamma">What is left after s, greater than 0 and less than 1.</param>
/// <exception cref="ArgumentOutOfRangeException">γ is outside its interval.</exception>
public sealed class ExponentialDecay(Horizon every, double gamma = 0.1) : ISchedule
{
    private readonly double _gamma = Guard.Between(gamma, 0, 1);

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => Elementary.Pow(_gamma, clock.Step / every.InSteps(clock));
}

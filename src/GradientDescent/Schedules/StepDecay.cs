using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The factor falls in steps: γ^⌊t/s⌋ after t of every s.</summary>
/// <param name="every">Length s of a step of the staircase.</param>
/// <param name="gamma">What each step multiplies by, greater than 0 and less than 1.</param>
/// <exception cref="ArgumentOutOfRangeException">γ is outside its interval.</exception>
public sealed class StepDecay(Horizon every, double gamma = 0.1) : ISchedule
{
    private readonly double _gamma = Guard.Between(gamma, 0, 1);

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => Elementary.Pow(_gamma, Math.Floor(Horizon.WholeIfNearly(clock.Step / every.InSteps(clock))));
}

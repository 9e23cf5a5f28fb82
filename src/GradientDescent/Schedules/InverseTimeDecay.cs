namespace GradientDescent;

/// <summary>1/(1 + k·t/s): Σ of the rates is infinite and Σ of their squares finite, so stochastic descent converges to a point.</summary>
/// <remarks>Robbins and Monro, "A Stochastic Approximation Method", 1951.</remarks>
/// <param name="every">The length s in which t is counted.</param>
/// <param name="decay">The decay k, finite and greater than 0; at k = 1 the factor is ½ after s.</param>
/// <exception cref="ArgumentOutOfRangeException">k is outside its interval.</exception>
public sealed class InverseTimeDecay(Horizon every, double decay = 1) : ISchedule
{
    private readonly double _decay = Guard.Positive(decay);

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => 1 / (1 + _decay * (clock.Step / every.InSteps(clock)));
}

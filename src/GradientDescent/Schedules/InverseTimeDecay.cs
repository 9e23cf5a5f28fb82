namespace GradientDescent;

/// <summary>1/(1 + k·t/s): Σ of the rates is infinite and Σ of their squares finite, so stochastic descent converges to a point.</summary>
/// <remarks>Robbins and Monro, "A Stochastic Approximation Method", 1951.</remarks>
public sealed record InverseTimeDecay : ISchedule
{
    private readonly Horizon _every;
    private readonly double _decay;

    /// <summary>A decay of the given pace.</summary>
    /// <param name="every">The length s in which t is counted.</param>
    /// <param name="decay">The decay k, finite and greater than 0; at k = 1 the factor is ½ after s.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public InverseTimeDecay(Horizon every, double decay = 1) => (_every, _decay) = (every.Required(), Guard.Positive(decay));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => 1 / (1 + _decay * (clock.Step / _every.InSteps(clock)));

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Guard.Text($"InverseTimeDecay({_every}, {_decay})");
}

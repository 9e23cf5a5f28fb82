using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The factor falls at every step, by γ over the length s: γ^(t/s).</summary>
/// <remarks>
/// Keras' <c>ExponentialDecay</c>; PyTorch's <c>ExponentialLR</c> is <c>new ExponentialDecay(Horizon.Epochs(1), gamma)</c>.
/// </remarks>
/// <example><code>
/// var schedule = new ExponentialDecay(Horizon.Steps(100), gamma: 0.25);
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 50 }):F2}");    // 0.50
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 100 }):F2}");   // 0.25
/// </code></example>
public sealed record ExponentialDecay : ISchedule
{
    private readonly Horizon _every;
    private readonly double _gamma;

    /// <summary>Creates the schedule.</summary>
    /// <param name="every">The length s over which the factor falls to γ.</param>
    /// <param name="gamma">The share that is left after s, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public ExponentialDecay(Horizon every, double gamma = 0.1) => (_every, _gamma) = (every.Required(), Guard.Between(gamma, 0, 1));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => Elementary.Pow(_gamma, clock.Step / _every.InSteps(clock));

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"ExponentialDecay({_every}, {_gamma})");
}

using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>1/(1 + t/s)ᵖ; p = ½ is the 1/√t of online learning.</summary>
/// <remarks>
/// Stochastic gradient descent converges to a point for ½ &lt; p ≤ 1 (Robbins and Monro 1951); p near ½ forgets the start fastest and
/// should be combined with the average of the iterates (Polyak and Juditsky 1992). With s of one step it is scikit-learn's
/// <c>learning_rate='invscaling'</c>, which counts t from 1.
/// </remarks>
/// <example><code>
/// var schedule = new InversePowerDecay(Horizon.Steps(1), power: 0.5);
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 99 }):F2}");   // 0.10
/// </code></example>
public sealed record InversePowerDecay : ISchedule
{
    private readonly Horizon _every;
    private readonly double _power;

    /// <summary>Creates the schedule.</summary>
    /// <param name="every">The length s in which t is counted.</param>
    /// <param name="power">The power p, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public InversePowerDecay(Horizon every, double power = 0.5) => (_every, _power) = (every.Required(), Guard.Positive(power));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => Elementary.Pow(1 + clock.Step / _every.InSteps(clock), -_power);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"InversePowerDecay({_every}, {_power})");
}

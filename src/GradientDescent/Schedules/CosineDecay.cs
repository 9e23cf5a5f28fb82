using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Half a cosine from 1 down to an end value, then constant: e + (1 − e)(1 + cos(πt/T))/2.</summary>
/// <remarks>
/// Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, eq. (5), without restarts. Keras'
/// <c>CosineDecay</c>; PyTorch's <c>CosineAnnealingLR</c>, which rises again after T.
/// </remarks>
/// <example><code>
/// var options = new TrainingOptions { MaxEpochs = 50, Schedule = new CosineDecay(Horizon.Fraction(1)) };   // over the whole run
/// var schedule = new CosineDecay(Horizon.Steps(100), end: 0.1);
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 50 }):F2}");   // 0.55
/// </code></example>
public sealed record CosineDecay : IFiniteSchedule
{
    private readonly Horizon _length;
    private readonly double _end;

    /// <summary>Creates the schedule.</summary>
    /// <param name="length">The length T.</param>
    /// <param name="end">The factor e at the end, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public CosineDecay(Horizon length, double end = 0) => (_length, _end) = (length.Required(), Guard.Fraction(end));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => _end + (1 - _end) * (1 + Elementary.CosPi(_length.Progress(clock))) / 2;

    /// <inheritdoc/>
    public long LengthInSteps(TrainingClock clock) => _length.WholeSteps(clock);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"CosineDecay({_length}, {_end})");
}

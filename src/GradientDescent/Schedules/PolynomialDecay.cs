using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>A power of the share of the length that is left, from 1 down to an end value, then constant: e + (1 − e)(1 − t/T)ᵖ.</summary>
/// <remarks>Keras' <c>PolynomialDecay</c>; PyTorch's <c>PolynomialLR</c>, whose end is 0.</remarks>
/// <example><code>
/// var schedule = new PolynomialDecay(Horizon.Steps(100), power: 2);
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 50 }));   // 0.25
/// </code></example>
public sealed record PolynomialDecay : IFiniteSchedule
{
    private readonly Horizon _length;
    private readonly double _power;
    private readonly double _end;

    /// <summary>Creates the schedule.</summary>
    /// <param name="length">The length T.</param>
    /// <param name="power">The power p, finite and greater than 0.</param>
    /// <param name="end">The factor e at the end, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">Power or end is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public PolynomialDecay(Horizon length, double power = 1, double end = 0) =>
        (_length, _power, _end) = (length.Required(), Guard.Positive(power), Guard.Fraction(end));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        double length = _length.InSteps(clock);
        double left = Math.Max(length - clock.Step, 0) / length; // 1 − t/T would lose digits towards the end
        return _end + (1 - _end) * Elementary.Pow(left, _power);
    }

    /// <inheritdoc/>
    public long LengthInSteps(TrainingClock clock) => _length.WholeSteps(clock);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"PolynomialDecay({_length}, {_power}, {_end})");
}

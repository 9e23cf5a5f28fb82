namespace GradientDescent;

/// <summary>Up to 1, a long plateau, down to an end value, which then stays: a trapezoid.</summary>
/// <remarks>
/// Of a length T: (t + 1)/N for t &lt; N, 1 in between, and e + (1 − e)(T − t)/D over the last D; where rise and fall overlap, the lower
/// counts. The plateau can be prolonged without knowing the run's length, and the decay run from any point of it. Hu et al., "MiniCPM:
/// Unveiling the Potential of Small Language Models with Scalable Training Strategies", 2024, section 4; with the linear decay of Hägele et
/// al., "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations", 2024.
/// </remarks>
/// <example><code>
/// var schedule = new WarmUpStableDecay(Horizon.Steps(100), warmUp: Horizon.Steps(10), decay: Horizon.Steps(20));
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 50 }));   // 1
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 90 }));   // 0.5
/// </code></example>
public sealed record WarmUpStableDecay : IFiniteSchedule
{
    private readonly Horizon _length;
    private readonly WarmUp _warmUp;
    private readonly Horizon _decay;
    private readonly double _end;

    /// <summary>All three phases. Shares of the run are shares of the same run, so 0.1 means a tenth of it in each.</summary>
    /// <param name="length">The length T of all three.</param>
    /// <param name="warmUp">The length N of the rise, rounded down to whole updates.</param>
    /// <param name="decay">The length D of the fall.</param>
    /// <param name="end">The factor e at the end, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">A horizon is <c>default</c>.</exception>
    public WarmUpStableDecay(Horizon length, Horizon warmUp, Horizon decay, double end = 0) =>
        (_length, _warmUp, _decay, _end) = (length.Required(), new WarmUp(warmUp), decay.Required(), Guard.Fraction(end));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        double left = Math.Clamp((_length.InSteps(clock) - clock.Step) / _decay.InSteps(clock), 0, 1);
        return Math.Min(_warmUp.FactorAt(clock), _end + (1 - _end) * left);
    }

    /// <inheritdoc/>
    public long LengthInSteps(TrainingClock clock) => _length.WholeSteps(clock);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"WarmUpStableDecay({_length}, {_warmUp}, {_decay}, {_end})");
}

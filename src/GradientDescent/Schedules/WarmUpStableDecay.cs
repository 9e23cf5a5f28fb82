namespace GradientDescent;

/// <summary>A linear rise to 1, a plateau, and a linear decay to an end value, which then stays.</summary>
/// <remarks>
/// For the length T: (t + 1)/N for t &lt; N, then 1, and e + (1 − e)(T − t)/D over the last D; where rise and decay overlap, the lower
/// factor is used. The plateau can be extended without knowing the length of the run in advance, and the decay can start at any point of
/// it. Hu et al., "MiniCPM: Unveiling the Potential of Small Language Models with Scalable Training Strategies", 2024, section 4; with the
/// linear decay of Hägele et al., "Scaling Laws and Compute-Optimal Training Beyond Fixed Training Durations", 2024.
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

    /// <summary>Creates the schedule. A <see cref="Horizon.Fraction"/> is a share of the whole run in each of the three lengths.</summary>
    /// <param name="length">The length T of the three phases together.</param>
    /// <param name="warmUp">The length N of the rise, rounded down to whole steps.</param>
    /// <param name="decay">The length D of the decay.</param>
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

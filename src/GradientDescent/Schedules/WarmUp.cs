namespace GradientDescent;

/// <summary>A linear rise: (t + 1)/N for t &lt; N, then 1 or the schedule that follows. No step has rate 0.</summary>
/// <remarks>Goyal et al., "Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 2.2.</remarks>
/// <example><code>
/// ISchedule schedule = new WarmUp(Horizon.Steps(10)).Then(new CosineDecay(Horizon.Steps(90)));
/// var clock = new TrainingClock { Step = 4, StepsPerEpoch = 10, Samples = 128, PlannedSteps = 100 };
/// Console.WriteLine(schedule.FactorAt(clock));                       // 0.5
/// Console.WriteLine(schedule.FactorAt(clock with { Step = 10 }));   // 1
/// </code></example>
public sealed record WarmUp : IFiniteSchedule
{
    private readonly Horizon _length;

    /// <summary>Creates the schedule.</summary>
    /// <param name="length">The length N, rounded down to whole steps; less than one step means no warm-up.</param>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public WarmUp(Horizon length) => _length = length.Required();

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        long length = LengthInSteps(clock);
        return clock.Step < length ? (clock.Step + 1.0) / length : 1;
    }

    /// <inheritdoc/>
    public long LengthInSteps(TrainingClock clock) => _length.WholeSteps(clock);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => $"WarmUp({_length})";
}

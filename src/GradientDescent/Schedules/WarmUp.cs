namespace GradientDescent;

/// <summary>A linear rise: (t + 1)/N for t &lt; N, then 1 or the schedule that follows. No update has rate 0.</summary>
public sealed record WarmUp : ISchedule
{
    private readonly Horizon _length;
    private readonly ISchedule _next;

    private WarmUp(Horizon length, ISchedule next) => (_length, _next) = (length, next);

    /// <summary>A warm-up of the given length; less than one update counts as none.</summary>
    /// <param name="length">The length N.</param>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public static WarmUp Over(Horizon length) => new(length.Required(), new Constant());

    /// <summary>What follows the warm-up, on a clock that starts at 0 when the warm-up ends.</summary>
    /// <param name="next">The schedule of the rest of the run.</param>
    public WarmUp Then(ISchedule next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new(_length, next);
    }

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        long length = (long)Math.Floor(_length.InSteps(clock));
        return clock.Step < length ? (clock.Step + 1.0) / length : _next.FactorAt(Since(clock, length));
    }

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => $"WarmUp({_length}).Then({_next})";

    private static TrainingClock Since(TrainingClock clock, long start) => clock with
    {
        Step = clock.Step - start,
        Epoch = (clock.Step - start) / clock.StepsPerEpoch,
        Samples = clock.Step == 0 ? 0 : (long)((double)clock.Samples / clock.Step * (clock.Step - start)),
        PlannedSteps = clock.PlannedSteps is { } planned ? Math.Max(planned - start, 1) : null, // a fraction of 0 steps would be 0/0
    };
}

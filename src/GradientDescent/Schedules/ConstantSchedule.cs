namespace GradientDescent;

/// <summary>The same factor at every step.</summary>
/// <example><code>
/// ISchedule schedule = new ConstantSchedule(0.1).For(Horizon.Steps(100)).Then(new ConstantSchedule());
/// var clock = new TrainingClock { Step = 99, Epoch = 9, StepsPerEpoch = 10, Samples = 3168, PlannedSteps = 1000 };
/// Console.WriteLine(schedule.FactorAt(clock));                        // 0.1
/// Console.WriteLine(schedule.FactorAt(clock with { Step = 100 }));   // 1
/// </code></example>
public sealed record ConstantSchedule : ISchedule
{
    private readonly double _factor;

    /// <summary>Creates the schedule.</summary>
    /// <param name="factor">The factor, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public ConstantSchedule(double factor = 1) => _factor = Guard.FiniteNonNegative(factor);

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => _factor;

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"ConstantSchedule({_factor})");
}

namespace GradientDescent;

/// <summary>A straight line between two factors, up or down, then constant: a + (b − a)·t/T.</summary>
/// <remarks>PyTorch's <c>LinearLR</c>. For the start of a run use <see cref="WarmUp"/>, which has no step with rate 0.</remarks>
/// <example><code>
/// var schedule = new LinearRamp(Horizon.Steps(100), start: 1, end: 0.5);
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 50 }));    // 0.75
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 500 }));   // 0.5
/// </code></example>
public sealed record LinearRamp : IFiniteSchedule
{
    private readonly Horizon _length;
    private readonly double _start;
    private readonly double _end;

    /// <summary>Creates the schedule.</summary>
    /// <param name="length">The length T.</param>
    /// <param name="start">The factor a at the first step, finite and at least 0.</param>
    /// <param name="end">The factor b after T, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public LinearRamp(Horizon length, double start = 1, double end = 0) =>
        (_length, _start, _end) = (length.Required(), Guard.FiniteNonNegative(start), Guard.FiniteNonNegative(end));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        double progress = _length.Progress(clock);
        return (1 - progress) * _start + progress * _end;
    }

    /// <inheritdoc/>
    public long LengthInSteps(TrainingClock clock) => _length.WholeSteps(clock);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"LinearRamp({_length}, {_start}, {_end})");
}

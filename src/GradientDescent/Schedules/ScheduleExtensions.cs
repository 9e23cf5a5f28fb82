namespace GradientDescent;

/// <summary>Schedules one after another: <c>new WarmUp(Horizon.Steps(100)).Then(new CosineDecay(Horizon.Epochs(20)))</c>.</summary>
/// <remarks>A sequence that contains an <see cref="IMetricSchedule"/> is an <see cref="IMetricSchedule"/> too.</remarks>
/// <example><code>
/// ISchedule schedule = new ConstantSchedule(0.5).For(Horizon.Steps(10)).Then(new StepDecay(Horizon.Steps(20)));
/// Console.WriteLine(schedule);   // ConstantSchedule(0.5).For(10 steps).Then(StepDecay(20 steps, 0.1))
/// </code></example>
public static class ScheduleExtensions
{
    /// <summary>Gives a schedule an end, so that another can follow. If none follows, it continues after the end.</summary>
    /// <param name="schedule">Any schedule.</param>
    /// <param name="length">The length after which the next schedule begins, rounded down to whole steps.</param>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public static IFiniteSchedule For(this ISchedule schedule, Horizon length)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return SequenceOf(null, schedule, length.Required());
    }

    /// <summary>
    /// Appends a schedule that starts when the first one ends. Its clock starts at 0 there: steps, epochs, samples, and the rest of the
    /// planned run.
    /// </summary>
    /// <param name="first">A schedule with an end; <see cref="For"/> gives any schedule one.</param>
    /// <param name="next">The schedule of the rest of the run.</param>
    public static ISchedule Then(this IFiniteSchedule first, ISchedule next)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(next);
        return SequenceOf(first as Sequence ?? SequenceOf(null, first), next);
    }

    /// <inheritdoc cref="Then(IFiniteSchedule, ISchedule)"/>
    /// <param name="first">A schedule with an end; <see cref="For"/> gives any schedule one.</param>
    /// <param name="next">The schedule that follows; another can follow it.</param>
    public static IFiniteSchedule Then(this IFiniteSchedule first, IFiniteSchedule next) => (Sequence)Then(first, (ISchedule)next);

    /// <summary>A sequence; with a memory if one of its parts has a memory.</summary>
    private static Sequence SequenceOf(Sequence? before, ISchedule last, Horizon? length = null) =>
        before is IMetricSchedule || last is IMetricSchedule ? new MetricSequence(before, last, length)
            : new Sequence(before, last, length);
}

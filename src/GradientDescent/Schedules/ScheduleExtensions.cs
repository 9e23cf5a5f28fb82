namespace GradientDescent;

/// <summary>Schedules one after another: <c>new WarmUp(Horizon.Steps(100)).Then(new CosineDecay(Horizon.Epochs(20)))</c>.</summary>
/// <remarks>What is composed of schedules with a memory has one too: it is an <see cref="IMetricSchedule"/>.</remarks>
/// <example><code>
/// ISchedule schedule = new ConstantSchedule(0.5).For(Horizon.Steps(10)).Then(new StepDecay(Horizon.Steps(20)));
/// Console.WriteLine(schedule);   // ConstantSchedule(0.5).For(10 steps).Then(StepDecay(20 steps, 0.1))
/// </code></example>
public static class ScheduleExtensions
{
    /// <summary>The same schedule with an end, so that another can follow. Alone it goes on as before.</summary>
    /// <param name="schedule">Any schedule.</param>
    /// <param name="length">After which the next may begin, rounded down to whole updates.</param>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public static IFiniteSchedule For(this ISchedule schedule, Horizon length)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return SequenceOf(null, schedule, length.Required());
    }

    /// <summary>
    /// What follows when the first is over, on a clock that starts at 0 then: updates, epochs, samples and what is left of the planned run.
    /// </summary>
    /// <param name="first">A schedule with an end; any has one after <see cref="For"/>.</param>
    /// <param name="next">The schedule of the rest of the run.</param>
    public static ISchedule Then(this IFiniteSchedule first, ISchedule next)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(next);
        return SequenceOf(first as Sequence ?? SequenceOf(null, first), next);
    }

    /// <inheritdoc cref="Then(IFiniteSchedule, ISchedule)"/>
    /// <param name="first">A schedule with an end; any has one after <see cref="For"/>.</param>
    /// <param name="next">The schedule that follows, after which another can.</param>
    public static IFiniteSchedule Then(this IFiniteSchedule first, IFiniteSchedule next) => (Sequence)Then(first, (ISchedule)next);

    /// <summary>A sequence; with a memory if one of its parts has a memory.</summary>
    private static Sequence SequenceOf(Sequence? before, ISchedule last, Horizon? length = null) =>
        before is IMetricSchedule || last is IMetricSchedule ? new MetricSequence(before, last, length)
            : new Sequence(before, last, length);
}

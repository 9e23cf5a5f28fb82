namespace GradientDescent;

/// <summary>Schedules one after another: all that come before the last, and the last.</summary>
internal record Sequence : IFiniteSchedule
{
    public Sequence(Sequence? before, ISchedule last, Horizon? length) => (Before, Last, Length) = (before, last, length);

    protected Sequence? Before { get; }

    protected ISchedule Last { get; }

    /// <summary>The length given for the last schedule; unset: the schedule's own length, or no end.</summary>
    protected Horizon? Length { get; }

    public double FactorAt(TrainingClock clock)
    {
        long start = StartOfLast(clock);
        return clock.Step < start ? Before!.FactorAt(clock) : Last.FactorAt(Since(start, clock));
    }

    public long LengthInSteps(TrainingClock clock)
    {
        long start = StartOfLast(clock);
        TrainingClock rest = Since(start, clock);
        long length = Length is { } given ? given.WholeSteps(rest) : Last is IFiniteSchedule finite ? finite.LengthInSteps(rest)
            : long.MaxValue;
        return length > long.MaxValue - start ? long.MaxValue : start + length;
    }

    public sealed override string ToString() =>
        $"{(Before is null ? "" : $"{Before}.Then(")}{Last}{(Length is { } length ? $".For({length})" : "")}{(Before is null ? "" : ")")}";

    /// <summary>The step at which the last schedule begins.</summary>
    protected long StartOfLast(TrainingClock clock) => Before?.LengthInSteps(clock) ?? 0;

    protected static TrainingClock Since(long start, TrainingClock clock) => start == 0 ? clock : clock.Since(start);
}

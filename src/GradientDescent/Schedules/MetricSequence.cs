namespace GradientDescent;

/// <summary>A sequence with the memory of its parts. Only the part whose turn it is sees a measurement.</summary>
internal sealed record MetricSequence : Sequence, IMetricSchedule
{
    public MetricSequence(Sequence? before, ISchedule last, Horizon? length)
        : base(before, last, length)
    {
    }

    public void Observe(double metric, TrainingClock clock)
    {
        long start = StartOfLast(clock);
        if (clock.Step < start)
            (Before as IMetricSchedule)?.Observe(metric, clock);
        else
            (Last as IMetricSchedule)?.Observe(metric, Since(start, clock));
    }

    public ScheduleState GetState() => new(nameof(Sequence), Memories().SelectMany(
        memory => memory.Part.GetState().Scalars.Select(scalar => KeyValuePair.Create(memory.Prefix + scalar.Key, scalar.Value))));

    public void SetState(ScheduleState state)
    {
        ScheduleState.Require(state, nameof(Sequence));
        (string Prefix, string Name, IMetricSchedule Part)[] memories = [.. Memories()];
        foreach (string key in state.Scalars.Keys)
        {
            if (!memories.Any(memory => key.StartsWith(memory.Prefix, StringComparison.Ordinal)))
                throw Guard.Invalid(nameof(state), $"The state has '{key}', which no part of {this} remembers.");
        }

        foreach ((string prefix, string name, IMetricSchedule part) in memories)
            part.CreateNew().SetState(Within(state, prefix, name)); // throws before anything is changed
        foreach ((string prefix, string name, IMetricSchedule part) in memories)
            part.SetState(Within(state, prefix, name));
    }

    public IMetricSchedule CreateNew() =>
        new MetricSequence((Before as IMetricSchedule)?.CreateNew() as Sequence ?? Before, (Last as IMetricSchedule)?.CreateNew()
            ?? Last, Length);

    /// <summary>
    /// The parts that remember; a part's scalars stand under its place and name, such as <c>last.ReduceOnPlateau.best</c>.
    /// </summary>
    private IEnumerable<(string Prefix, string Name, IMetricSchedule Part)> Memories()
    {
        foreach ((string place, ISchedule? part) in ((string, ISchedule?)[])[("before", Before), ("last", Last)])
        {
            if (part is IMetricSchedule metric && metric.GetState().Schedule is var name)
                yield return ($"{place}.{name}.", name, metric);
        }
    }

    private static ScheduleState Within(ScheduleState state, string prefix, string name) => new(name, state.Scalars
        .Where(scalar => scalar.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(scalar => KeyValuePair.Create(scalar.Key[prefix.Length..], scalar.Value)));
}

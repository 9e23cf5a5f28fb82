namespace GradientDescent;

/// <summary>A sequence that has a part with a state. Measurements go to the current part only.</summary>
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

    public ScheduleState GetState() => new(nameof(Sequence), PartsWithState().SelectMany(
        entry => entry.Part.GetState().Scalars.Select(scalar => KeyValuePair.Create(entry.Prefix + scalar.Key, scalar.Value))));

    public void SetState(ScheduleState state)
    {
        ScheduleState.Require(state, nameof(Sequence));
        (string Prefix, string Name, IMetricSchedule Part)[] parts = [.. PartsWithState()];
        foreach (string key in state.Scalars.Keys)
        {
            if (!parts.Any(part => key.StartsWith(part.Prefix, StringComparison.Ordinal)))
                throw Guard.Invalid(nameof(state), $"The state has '{key}', which no part of {this} has.");
        }

        foreach ((string prefix, string name, IMetricSchedule part) in parts)
            part.CreateNew().SetState(StateOfPart(state, prefix, name)); // throws before anything is changed
        foreach ((string prefix, string name, IMetricSchedule part) in parts)
            part.SetState(StateOfPart(state, prefix, name));
    }

    public IMetricSchedule CreateNew() =>
        new MetricSequence((Before as IMetricSchedule)?.CreateNew() as Sequence ?? Before, (Last as IMetricSchedule)?.CreateNew()
            ?? Last, Length);

    /// <summary>
    /// The parts with a state. The scalars of a part are saved under its place and name, such as <c>last.ReduceOnPlateau.best</c>.
    /// </summary>
    private IEnumerable<(string Prefix, string Name, IMetricSchedule Part)> PartsWithState()
    {
        foreach ((string place, ISchedule? part) in ((string, ISchedule?)[])[("before", Before), ("last", Last)])
        {
            if (part is IMetricSchedule metric && metric.GetState().Schedule is var name)
                yield return ($"{place}.{name}.", name, metric);
        }
    }

    private static ScheduleState StateOfPart(ScheduleState state, string prefix, string name) => new(name, state.Scalars
        .Where(scalar => scalar.Key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(scalar => KeyValuePair.Create(scalar.Key[prefix.Length..], scalar.Value)));
}

using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>What a metric-driven schedule remembers: named numbers that never change. Settings are not part of it.</summary>
public sealed class ScheduleState
{
    /// <summary>Makes a state; a metric-driven schedule of your own returns one from <see cref="IMetricSchedule.GetState"/>.</summary>
    /// <param name="schedule">Name of the schedule, such as <c>ReduceOnPlateau</c>; not empty.</param>
    /// <param name="scalars">Named numbers, all finite.</param>
    /// <exception cref="ArgumentException">The name is empty, a scalar's name occurs twice, or a number is not finite.</exception>
    public ScheduleState(string schedule, IEnumerable<KeyValuePair<string, double>> scalars)
    {
        ArgumentException.ThrowIfNullOrEmpty(schedule);
        ArgumentNullException.ThrowIfNull(scalars);
        Schedule = schedule;
        Scalars = scalars.ToImmutableSortedDictionary(StringComparer.Ordinal);
        foreach ((string name, double value) in Scalars)
        {
            if (!double.IsFinite(value))
                throw Guard.Invalid(nameof(scalars), $"'{name}' is {value}: every number must be finite.");
        }
    }

    /// <summary>Name of the schedule.</summary>
    public string Schedule { get; }

    /// <summary>Named numbers, in the order of their names.</summary>
    public ImmutableSortedDictionary<string, double> Scalars { get; }

    /// <summary>Throws unless the state is one of the given schedule.</summary>
    internal static void Require(ScheduleState state, string schedule)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Schedule != schedule)
            throw Guard.Invalid(nameof(state), $"The state is {state.Schedule}'s: it cannot continue {schedule}.");
    }

    /// <summary>The schedule and its numbers.</summary>
    public override string ToString() =>
        $"{Schedule}({string.Join(", ", Scalars.Select(scalar => Format.Text($"{scalar.Key} {scalar.Value}")))})";
}

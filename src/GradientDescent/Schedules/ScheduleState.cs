using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The state of a metric-driven schedule: named numbers, immutable. Settings are not part of it.</summary>
public sealed class ScheduleState
{
    /// <summary>Creates a state; <see cref="IMetricSchedule.GetState"/> of your own schedule returns one.</summary>
    /// <param name="schedule">The name of the schedule, such as <c>ReduceOnPlateau</c>; not empty.</param>
    /// <param name="scalars">The named numbers, all finite.</param>
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

    /// <summary>The name of the schedule.</summary>
    public string Schedule { get; }

    /// <summary>The named numbers, sorted by name.</summary>
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

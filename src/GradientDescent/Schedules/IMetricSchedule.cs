namespace GradientDescent;

/// <summary>A schedule that also depends on a metric of the run, such as the validation loss. It has a state.</summary>
/// <remarks>
/// A training loop works on a new instance from <see cref="CreateNew"/> and passes each new measurement to <see cref="Observe"/>. A
/// checkpoint contains the result of <see cref="GetState"/>; to continue, <see cref="SetState"/> of a new instance restores it.
/// <see cref="ISchedule.FactorAt"/> changes nothing. A sequence with such a part is an <see cref="IMetricSchedule"/> too. Not thread-safe.
/// </remarks>
public interface IMetricSchedule : ISchedule
{
    /// <summary>Records a measurement. No other method changes the factor.</summary>
    /// <param name="metric">The measured value, such as the validation loss. A number that is not finite counts as no improvement.</param>
    /// <param name="clock">The clock just before the next step.</param>
    void Observe(double metric, TrainingClock clock);

    /// <summary>A copy of the state; settings are not part of it.</summary>
    ScheduleState GetState();

    /// <summary>Continues from a saved state.</summary>
    /// <param name="state">A state that <see cref="GetState"/> of the same kind of schedule returned.</param>
    /// <exception cref="ArgumentException">
    /// The state belongs to another schedule, lacks a name, has an unknown name, or has an invalid value; nothing is changed.
    /// </exception>
    void SetState(ScheduleState state);

    /// <summary>A schedule with the same settings and no measurements.</summary>
    IMetricSchedule CreateNew();
}

namespace GradientDescent;

/// <summary>A schedule that also depends on how well the run does, so it has a memory.</summary>
/// <remarks>
/// Whoever runs the training works on <see cref="CreateNew"/>, hands each new measurement to <see cref="Observe"/>, keeps
/// <see cref="GetState"/> with the optimizer's state in a checkpoint, and gives it to <see cref="SetState"/> of a fresh instance to
/// continue. <see cref="ISchedule.FactorAt"/> changes nothing. One with a metric-driven part is an <see cref="IMetricSchedule"/> too. Not
/// thread-safe.
/// </remarks>
public interface IMetricSchedule : ISchedule
{
    /// <summary>Takes note of a measurement; the factor changes here, if it does.</summary>
    /// <param name="metric">The measured value, such as the validation loss. A number that is not finite counts as no improvement.</param>
    /// <param name="clock">The clock of the update that is about to be made.</param>
    void Observe(double metric, TrainingClock clock);

    /// <summary>The memory, as a copy; settings are not part of it.</summary>
    ScheduleState GetState();

    /// <summary>Continues from a saved memory.</summary>
    /// <param name="state">A state that <see cref="GetState"/> of the same kind of schedule returned.</param>
    /// <exception cref="ArgumentException">
    /// The state is another schedule's, lacks or adds a name, or holds an impossible value; nothing is changed.
    /// </exception>
    void SetState(ScheduleState state);

    /// <summary>A schedule of the same settings that has seen nothing.</summary>
    IMetricSchedule CreateNew();
}

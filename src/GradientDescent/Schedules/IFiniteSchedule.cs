namespace GradientDescent;

/// <summary>
/// A schedule with an end, after which another can follow (<see cref="ScheduleExtensions"/>). Where none does, it is asked past its end
/// too.
/// </summary>
public interface IFiniteSchedule : ISchedule
{
    /// <summary>The whole updates until the end, at least 0. It depends on the run alone, not on where the run stands.</summary>
    /// <param name="clock">A clock of the run, 0 where the schedule begins.</param>
    /// <exception cref="InvalidOperationException">The clock does not know what the length is given in.</exception>
    long LengthInSteps(TrainingClock clock);
}

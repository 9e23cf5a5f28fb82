namespace GradientDescent;

/// <summary>
/// A schedule with an end, after which another can follow (<see cref="ScheduleExtensions"/>). If none follows, it is also asked for factors
/// after its end.
/// </summary>
public interface IFiniteSchedule : ISchedule
{
    /// <summary>The number of whole steps until the end, at least 0. It depends on the run only, not on the position in it.</summary>
    /// <param name="clock">A clock of the run; its step is 0 where the schedule begins.</param>
    /// <exception cref="InvalidOperationException">The clock lacks what is needed to convert the length to steps.</exception>
    long LengthInSteps(TrainingClock clock);
}

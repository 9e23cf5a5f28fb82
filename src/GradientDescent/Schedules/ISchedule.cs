namespace GradientDescent;

/// <summary>A learning-rate schedule: a factor without unit that depends on the training clock.</summary>
/// <remarks>
/// The rate of a step is <c>optimizer.LearningRate * schedule.FactorAt(clock)</c>. A schedule has no state, so nothing has to be saved to
/// resume a run. A schedule that depends on a metric is an <see cref="IMetricSchedule"/>.
/// </remarks>
/// <example><code>
/// record Hyperbola : ISchedule
/// {
///     public double FactorAt(TrainingClock clock) =&gt; 1 / (1.0 + clock.Epoch);
/// }
/// </code></example>
public interface ISchedule
{
    /// <summary>Returns the factor of the next step, finite and at least 0. The call changes nothing.</summary>
    /// <param name="clock">The position of the run; its <see cref="TrainingClock.Step"/> is 0 at the first update.</param>
    double FactorAt(TrainingClock clock);
}

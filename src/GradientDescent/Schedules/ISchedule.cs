namespace GradientDescent;

/// <summary>A learning-rate schedule: a dimensionless factor of the training clock.</summary>
/// <remarks>
/// The rate of an update is <c>optimizer.LearningRate * schedule.FactorAt(clock)</c>. Nothing is remembered between updates, so nothing
/// need be saved to resume; what learns from a metric is an <see cref="IMetricSchedule"/>.
/// </remarks>
/// <example><code>
/// record Hyperbola : ISchedule
/// {
///     public double FactorAt(TrainingClock clock) =&gt; 1 / (1.0 + clock.Epoch);
/// }
/// </code></example>
public interface ISchedule
{
    /// <summary>The factor in force at the update that is about to be made; finite and at least 0. Asking changes nothing.</summary>
    /// <param name="clock">The position of the run; its <see cref="TrainingClock.Step"/> is 0 at the first update.</param>
    double FactorAt(TrainingClock clock);
}

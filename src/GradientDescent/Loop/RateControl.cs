namespace GradientDescent;

/// <summary>Computes the rate of a step from the base rate, the schedule and the recoveries from divergence.</summary>
/// <param name="baseRate">The base rate.</param>
/// <param name="schedule">The schedule; owned by the run.</param>
/// <param name="recovery">The recoveries of the run, if any are wanted.</param>
internal sealed class RateControl(double baseRate, ISchedule schedule, RecoveryPoint? recovery)
{
    public double BaseRate => baseRate;

    /// <summary>Returns the factor on every base rate.</summary>
    /// <exception cref="InvalidOperationException">The schedule gives a factor or rate that is not possible.</exception>
    public double FactorAt(in TrainingClock clock)
    {
        double factor = schedule.FactorAt(clock);
        if (!double.IsFinite(factor) || factor < 0)
            throw new InvalidOperationException(Format.Text(
                $"{schedule.GetType().Name} gives the factor {factor} at step {clock.Step}: a schedule must give finite numbers of at " +
                $"least 0."));
        double total = factor * (recovery?.RateFactor ?? 1), rate = baseRate * total;
        return double.IsFinite(rate)
            ? total
            : throw new InvalidOperationException(Format.Text(
                $"The rate {baseRate} times the factor {factor} of {schedule.GetType().Name} is {rate} at step {clock.Step}."));
    }

    /// <summary>Passes the measurement of an epoch to a metric-driven schedule.</summary>
    public void Observe(double metric, TrainingClock clock)
    {
        if (schedule is IMetricSchedule metricSchedule)
            metricSchedule.Observe(metric, clock);
    }

    public void Save(Snapshot snapshot)
    {
        if (schedule is IMetricSchedule metric)
            snapshot.Add("schedule", metric.GetState());
    }

    public void Restore(Snapshot snapshot)
    {
        if (schedule is IMetricSchedule metric)
            snapshot.TakeState("schedule", metric);
    }
}

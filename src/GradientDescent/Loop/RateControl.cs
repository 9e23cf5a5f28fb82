namespace GradientDescent;

/// <summary>The rate that the optimizer's base rate, the schedule and recoveries from divergence make together.</summary>
/// <param name="baseRate">The base rate.</param>
/// <param name="schedule">The schedule; owned by the run.</param>
/// <param name="recovery">The recoveries of the run, if any are wanted.</param>
internal sealed class RateControl(double baseRate, ISchedule schedule, RecoveryPoint? recovery)
{
    public double BaseRate => baseRate;

    /// <summary>What multiplies every base rate.</summary>
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

    /// <summary>Tells a metric-driven schedule what an epoch has measured.</summary>
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

namespace GradientDescent.Tool;

/// <summary>Another schedule, overheard: some two hundred times a run it reports the share of the updates that is done.</summary>
internal sealed class ReportingSchedule(ISchedule schedule, Action<double> report) : ISchedule
{
    private const long ReportsPerRun = 200;

    public double FactorAt(TrainingClock clock)
    {
        if (clock.PlannedSteps is { } planned && clock.Step % Math.Max(1, planned / ReportsPerRun) == 0)
            report((double)clock.Step / planned);
        return schedule.FactorAt(clock);
    }
}

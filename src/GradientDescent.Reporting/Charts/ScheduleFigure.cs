namespace GradientDescent.Reporting;

/// <summary>The factors of learning-rate schedules during a run, a small panel for each schedule.</summary>
internal static class ScheduleFigure
{
    private const int PanelHeight = 110;

    public static Chart Of((string Name, double[] Factors)[] schedules)
    {
        double highest = Math.Max(1, schedules.SelectMany(one => one.Factors).Where(double.IsFinite).Max());
        int steps = schedules[0].Factors.Length;
        string description = FormattableString.Invariant($"Factors from 0 to {Label.Number(highest)} over a run of {steps} steps.");
        return new("Learning-rate schedules", description, Panels.Of(
            [.. schedules.Select(one => one.Name)],
            columns: Math.Min(3, schedules.Length),
            PanelHeight,
            new() { Range = [0, steps], Visible = false },
            new() { Range = [-0.05 * highest, 1.05 * highest], TickVals = [0, 1], ZeroLine = true, FixedRange = true },
            (panel, x, y) => TraceOf(schedules[panel].Factors) with { XAxis = x, YAxis = y }));
    }

    private static ScatterTrace TraceOf(double[] factors)
    {
        double[] steps = [.. Enumerable.Range(0, factors.Length).Select(step => (double)step)];
        List<int> kept = Thinning.Line(steps, factors);
        return new()
        {
            X = [.. kept.Select(i => steps[i])],
            Y = [.. kept.Select(i => factors[i])],
            Mode = "lines",
            Line = Series.LineOf(0),
            ShowLegend = false,
            HoverTemplate = "step %{x}: %{y:.4~g}<extra></extra>",
        };
    }
}

namespace GradientDescent.Reporting;

/// <summary>The factors of learning-rate schedules during a run, a small chart for each schedule.</summary>
internal sealed class ScheduleChart((string Name, double[] Factors)[] schedules)
    : Chart("Learning-rate schedules", $"Factors over a run of {string.Join(", ", schedules.Select(one => one.Name))}.")
{
    private const int Columns = 3;
    private const double Margin = 12;
    private const double Gap = 16;
    private const double Top = 52;
    private const double PlotHeight = 48;
    private const double RowHeight = PlotHeight + 34;

    internal override double Draw(SvgCanvas canvas)
    {
        double width = (SvgCanvas.PictureWidth - 2 * Margin - Gap * (Columns - 1)) / Columns;
        double highest = Math.Max(1, schedules.SelectMany(one => one.Factors).Where(double.IsFinite).Max());
        canvas.Text(Margin, 20, Title, "title");
        int steps = schedules[0].Factors.Length;
        string ranges = FormattableString.Invariant($"factor from 0 to {Ticks.Short(highest)}, by step from 0 to {steps}");
        canvas.Text(Margin, 38, ranges, "muted");
        for (int i = 0; i < schedules.Length; i++)
        {
            (string name, double[] factors) = schedules[i];
            double left = Margin + (width + Gap) * (i % Columns), top = Top + RowHeight * (i / Columns) + 18;
            var frame = new Frame(Axis.Of("", 0, factors.Length), Axis.Of("", 0, highest), left, top, width, PlotHeight);
            canvas.Text(left, top - 6, TextWidth.Shorten(name, width));
            canvas.Line(left, frame.Place(0, 1).Y, frame.Right, frame.Place(0, 1).Y, "grid");
            canvas.Line(left, frame.Base, frame.Right, frame.Base, "axis");
            (double X, double Y)[] points = [.. factors.Select((factor, step) => frame.Place(step, factor))];
            canvas.BeginSeries("", 0);
            canvas.Path(Polyline.Data(Polyline.Simplify([.. points], 0.1)), "line");
            canvas.EndSeries();
        }

        return Top + RowHeight * Math.Ceiling((double)schedules.Length / Columns);
    }
}

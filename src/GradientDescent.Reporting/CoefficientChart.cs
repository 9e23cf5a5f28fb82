namespace GradientDescent.Reporting;

/// <summary>Estimates with their intervals, a row for each.</summary>
internal sealed class CoefficientChart(IReadOnlyList<CoefficientStatistics> coefficients, double level)
    : Chart("Coefficients", FormattableString.Invariant($"Estimates of {coefficients.Count} coefficients, each with its {100 * level:0.#} % confidence interval."))
{
    private const double RowHeight = 20;
    private const int LongestName = 16;

    internal override double Draw(SvgCanvas canvas)
    {
        (CoefficientStatistics Coefficient, double Lower, double Upper)[] rows =
            [.. coefficients.Select(one => (one, one.ConfidenceInterval(level).Lower, one.ConfidenceInterval(level).Upper))];
        var x = Axis.Around("estimate", rows.SelectMany(row => new[] { 0, row.Coefficient.Estimate, row.Lower, row.Upper }));
        double left = 24 + 7 * Math.Min(LongestName, rows.Max(row => row.Coefficient.Name.Length));
        var frame = new Frame(x, Axis.Of("", 0, 1), left, 48, PictureWidth - left - 16, RowHeight * rows.Length);
        canvas.Text(12, 20, Title, "title");
        canvas.Text(12, 38, FormattableString.Invariant($"with {100 * level:0.#} % confidence intervals"), "muted");
        foreach (Tick tick in x.Ticks)
        {
            double place = frame.Place(tick.Value, 0).X;
            canvas.Line(place, frame.Top, place, frame.Base, tick.Value == 0 ? "axis" : "grid");
            canvas.Text(place, frame.Base + 17, tick.Label, "muted", "middle");
        }

        canvas.Text(frame.Right, frame.Base + 36, x.Label, "muted", "end");
        canvas.BeginSeries("", 0);
        for (int i = 0; i < rows.Length; i++)
        {
            ((CoefficientStatistics coefficient, double lower, double upper), double y) = (rows[i], frame.Top + RowHeight * (i + 0.5));
            double from = frame.Place(lower, 0).X, to = frame.Place(upper, 0).X, place = frame.Place(coefficient.Estimate, 0).X;
            canvas.Text(left - 8, y + 4, SvgCanvas.Shorten(coefficient.Name, LongestName), anchor: "end");
            if (double.IsFinite(from + to))
                canvas.Path(Polyline.Data([(from, y), (to, y)]) + Polyline.Data([(from, y - 3), (from, y + 3)]) + Polyline.Data([(to, y - 3), (to, y + 3)]), "line");
            if (double.IsFinite(place))
                canvas.Circle(place, y, 3.4, "fill");
            canvas.Rectangle(left, y - RowHeight / 2, frame.Width, RowHeight, "fill", 0, $"{coefficient.Name}: {Ticks.Short(coefficient.Estimate)}, from {Ticks.Short(lower)} to {Ticks.Short(upper)}");
        }

        canvas.EndSeries();
        return frame.PictureHeight;
    }
}

namespace GradientDescent.Reporting;

/// <summary>Coefficients with their confidence intervals, one row for each.</summary>
internal sealed class CoefficientChart(IReadOnlyList<CoefficientStatistics> coefficients, double level)
    : Chart(
        "Coefficients",
        FormattableString.Invariant(
            $"Estimates of {coefficients.Count} coefficients, each with its {100 * level:0.#} % confidence interval."))
{
    private const double RowHeight = 20;
    private const double MaxNameWidth = 120;

    internal override double Draw(SvgCanvas canvas)
    {
        (CoefficientStatistics Coefficient, double Lower, double Upper)[] rows =
            [.. coefficients.Select(one => (one, one.ConfidenceInterval(level).Lower, one.ConfidenceInterval(level).Upper))];
        var x = Axis.Around("estimate", rows.SelectMany(row => new[] { 0, row.Coefficient.Estimate, row.Lower, row.Upper }));
        string[] names = [.. rows.Select(row => TextWidth.Shorten(row.Coefficient.Name, MaxNameWidth))];
        var frame = Frame.WithLabels(names.Max(TextWidth.Of), x, Axis.Of("", 0, 1), 48, RowHeight * rows.Length);
        canvas.Text(12, 20, Title, "title");
        canvas.Text(12, 38, FormattableString.Invariant($"with {100 * level:0.#} % confidence intervals"), "muted");
        frame.DrawXTicks(canvas, place => canvas.Line(place, frame.Top, place, frame.Base, "grid"));
        double zero = frame.Place(0, 0).X;
        canvas.Line(zero, frame.Top, zero, frame.Base, "axis");
        canvas.BeginSeries("", 0);
        for (int i = 0; i < rows.Length; i++)
        {
            ((CoefficientStatistics coefficient, double lower, double upper), double y) = (rows[i], frame.Top + RowHeight * (i + 0.5));
            double from = frame.Place(lower, 0).X, to = frame.Place(upper, 0).X, place = frame.Place(coefficient.Estimate, 0).X;
            canvas.Text(frame.Left - 6, y + 4, names[i], anchor: "end");
            if (double.IsFinite(from + to))
            {
                string ends = Polyline.Data([(from, y - 3), (from, y + 3)]) + Polyline.Data([(to, y - 3), (to, y + 3)]);
                canvas.Path(Polyline.Data([(from, y), (to, y)]) + ends, "line");
            }

            if (double.IsFinite(place))
                canvas.Circle(place, y, 3.4, "fill");
            string hint = $"{coefficient.Name}: {Ticks.Short(coefficient.Estimate)}, from {Ticks.Short(lower)} to {Ticks.Short(upper)}";
            canvas.Rectangle(frame.Left, y - RowHeight / 2, frame.Width, RowHeight, "fill", 0, hint);
        }

        canvas.EndSeries();
        return frame.PictureHeight;
    }
}

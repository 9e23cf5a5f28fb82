namespace GradientDescent.Reporting;

/// <summary>A chart of series over two axes.</summary>
internal sealed class XyChart : Chart
{
    private const double LegendLine = 17;
    private const double LegendStart = 12;
    private const double LegendKey = 23;
    private const double LegendSpace = 16;
    private const double MaxNameWidth = 250;
    private const double MinLabelWidth = 44; // most charts have their y axes at the same place

    private readonly List<Series> _series;
    private readonly List<(string Name, string Label, SeriesKind Kind)> _legend = [];
    private readonly Frame _frame;
    private readonly double _legendTop;

    /// <param name="title">The title of the chart.</param>
    /// <param name="description">A sentence that describes the chart.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="series">The series; long lines are reduced to the visible points.</param>
    /// <param name="plotHeight">The height of the plot in pixels.</param>
    public XyChart(string title, string description, Axis x, Axis y, IEnumerable<Series> series, double plotHeight = 220)
        : base(title, description)
    {
        var places = Frame.WithLabels(Math.Max(MinLabelWidth, y.LabelWidth), x, y, 0, plotHeight);
        _series = [.. series.Select(Thinned)];
        if (_series.Count > 1)
            _legend = [.. _series.Select(one => (one.Name, TextWidth.Shorten(one.Name, MaxNameWidth) + one.Suffix, one.Kind))];
        _legendTop = HasSubtitle(y) ? 48 : 32;
        _frame = places with { Top = _legendTop + LegendLine * LegendRows() };

        Series Thinned(Series one)
        {
            if (one.Kind == SeriesKind.Bars)
                return one;
            (double X, double Y)[] points = [.. one.X.Zip(one.Y, places.Place)];
            IEnumerable<int> kept = one.Kind switch
            {
                SeriesKind.Points => Polyline.Distinct(points),
                SeriesKind.Path => Moves(points),
                _ => Polyline.Thin(points),
            };
            return one with { X = [.. kept.Select(i => one.X[i])], Y = [.. kept.Select(i => one.Y[i])] };
        }
    }

    /// <summary>Draws the background, below the series.</summary>
    public Action<SvgCanvas, Frame>? Background { get; init; }

    internal override HoverValues? Hover
    {
        get
        {
            List<Series> shown = _series.FindAll(one => one.Kind != SeriesKind.Bars);
            bool isByColumn = _series.TrueForAll(one => one.Kind is SeriesKind.Line or SeriesKind.Dashed);
            return shown.Count > 0 ? new(_frame, shown, isByColumn) : null;
        }
    }

    internal override double Draw(SvgCanvas canvas)
    {
        canvas.Text(12, 20, Title, "title");
        if (HasSubtitle(_frame.Y))
            canvas.Text(12, 38, _frame.Y.Label, "muted");
        DrawLegend(canvas);
        _frame.Draw(canvas);
        canvas.BeginClip(_frame.Left, _frame.Top - 3, _frame.Width + 3, _frame.Height + 3);
        Background?.Invoke(canvas, _frame);
        DrawSeries(canvas);
        canvas.EndClip();
        return _frame.PictureHeight;
    }

    private void DrawSeries(SvgCanvas canvas)
    {
        List<string> names = [.. _series.Select(one => one.Name).Distinct()];
        foreach (Series one in _series)
        {
            canvas.BeginSeries(one.Name, names.IndexOf(one.Name));
            (double X, double Y)[] points = [.. one.X.Zip(one.Y, _frame.Place)];
            switch (one.Kind)
            {
                case SeriesKind.Points:
                    foreach ((double x, double y) in points.Where(point => double.IsFinite(point.X + point.Y)))
                        canvas.Circle(x, y, 2.4, "fill", 0.6);
                    break;
                case SeriesKind.Bars:
                    DrawBars(canvas, one);
                    break;
                default:
                    canvas.Path(Polyline.Data(points), one.Kind == SeriesKind.Dashed ? "line dashed" : "line");
                    if (one.Kind == SeriesKind.Path && points.Length > 0 && double.IsFinite(points[^1].X + points[^1].Y))
                        canvas.Circle(points[^1].X, points[^1].Y, 3.2, "ring");
                    else if (points.Length == 1)
                        canvas.Circle(points[0].X, points[0].Y, 2.4, "fill");
                    break;
            }

            canvas.EndSeries();
        }
    }

    // A bar extends from its own X to the next X; the last X ends the last bar.
    private void DrawBars(SvgCanvas canvas, Series one)
    {
        for (int i = 0; i + 1 < one.X.Length; i++)
        {
            (double left, double top) = _frame.Place(one.X[i], one.Y[i]);
            (double right, double bottom) = _frame.Place(one.X[i + 1], 0);
            string hint = $"{Ticks.Short(one.X[i])} to {Ticks.Short(one.X[i + 1])}: {Ticks.Short(one.Y[i])}";
            canvas.Rectangle(left + 0.5, top, Math.Max(0, right - left - 1), bottom - top, "fill", 0.75, hint);
        }
    }

    private void DrawLegend(SvgCanvas canvas)
    {
        List<string> names = [.. _legend.Select(entry => entry.Name).Distinct()];
        foreach (((string name, string label, SeriesKind kind), double x, int row) in Placed())
        {
            double y = _legendTop + 7 + LegendLine * row;
            canvas.BeginSeries(name, names.IndexOf(name));
            if (kind == SeriesKind.Points)
                canvas.Circle(x + 9, y - 4, 3, "fill");
            else
                canvas.Line(x, y - 4, x + 18, y - 4, kind == SeriesKind.Dashed ? "line dashed" : "line");
            canvas.Text(x + LegendKey, y, label);
            canvas.EndSeries();
        }
    }

    private bool HasSubtitle(Axis y) => !string.Equals(y.Label, Title, StringComparison.OrdinalIgnoreCase);

    private int LegendRows() => _legend.Count == 0 ? 0 : Placed().Last().Row + 1;

    private IEnumerable<((string Name, string Label, SeriesKind Kind) Entry, double X, int Row)> Placed()
    {
        double x = LegendStart;
        int row = 0;
        foreach ((string Name, string Label, SeriesKind Kind) entry in _legend)
        {
            double width = LegendKey + TextWidth.Of(entry.Label);
            if (x > LegendStart && x + width > SvgCanvas.PictureWidth - 4)
                (x, row) = (LegendStart, row + 1);
            yield return (entry, x, row);
            x += width + LegendSpace;
        }
    }

    /// <summary>The indices of the first point, of each point at least half a pixel from the previous one, and of the last point.</summary>
    private static List<int> Moves((double X, double Y)[] points)
    {
        var kept = new List<int>();
        for (int i = 0; i < points.Length; i++)
        {
            if (kept.Count == 0 || i == points.Length - 1 || !IsNear(points[i], points[kept[^1]]))
                kept.Add(i);
        }

        return kept;

        static bool IsNear((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) < 0.5;
    }
}

namespace GradientDescent.Reporting;

/// <summary>The rectangle that the values of a chart are drawn in, and its axes.</summary>
internal sealed record Frame(Axis X, Axis Y, double Left, double Top, double Width, double Height)
{
    private const double RightMargin = 16;
    private const double Bottom = 44;
    private const double LabelSpace = 8;

    public double Right => Left + Width;

    public double Base => Top + Height;

    /// <summary>The height of a chart with this frame.</summary>
    public double PictureHeight => Base + Bottom;

    /// <summary>A frame as wide as a chart, with room on the left for labels of the given width.</summary>
    public static Frame WithLabels(double labelWidth, Axis x, Axis y, double top, double height)
    {
        double left = Math.Ceiling(labelWidth) + 14;
        return new(x, y, left, top, SvgCanvas.PictureWidth - left - RightMargin, height);
    }

    public (double X, double Y) Place(double x, double y) => (Left + Width * X.ShareOf(x), Base - Height * Y.ShareOf(y));

    /// <summary>Draws the grid, the ticks and the labels.</summary>
    public void Draw(SvgCanvas canvas)
    {
        foreach (Tick tick in Y.Ticks)
        {
            double y = Base - Height * Y.ShareOf(tick.Value);
            canvas.Line(Left, y, Right, y, "grid");
            canvas.Text(Left - 6, y + 4, tick.Label, "muted", "end");
        }

        DrawXTicks(canvas, place => canvas.Line(place, Base, place, Base + 4, "axis"));
        canvas.Line(Left, Base, Right, Base, "axis");
    }

    /// <summary>Draws all marks of the x axis, and all labels or every second, third, … one as far as there is room.</summary>
    public void DrawXTicks(SvgCanvas canvas, Action<double> mark)
    {
        (double Place, string Label)[] ticks = [.. X.Ticks.Select(tick => (Left + Width * X.ShareOf(tick.Value), tick.Label))];
        foreach ((double place, _) in ticks)
            mark(place);
        double widest = ticks.Max(tick => TextWidth.Of(tick.Label)) + LabelSpace;
        double distance = ticks.Length > 1 ? ticks[1].Place - ticks[0].Place : Width;
        for (int i = 0; i < ticks.Length; i += Math.Max(1, (int)Math.Ceiling(widest / distance)))
        {
            double half = TextWidth.Of(ticks[i].Label) / 2;
            canvas.Text(Math.Min(ticks[i].Place, SvgCanvas.PictureWidth - 4 - half), Base + 17, ticks[i].Label, "muted", "middle");
        }

        canvas.Text(Right, Base + 36, X.Label, "muted", "end");
    }
}

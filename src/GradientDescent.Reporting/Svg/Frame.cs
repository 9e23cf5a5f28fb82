namespace GradientDescent.Reporting;

/// <summary>The rectangle that a chart's values are drawn in.</summary>
internal sealed record Frame(Axis X, Axis Y, double Left, double Top, double Width, double Height)
{
    private const double Bottom = 44;

    public double Right => Left + Width;

    public double Base => Top + Height;

    /// <summary>The height of a picture with this frame.</summary>
    public double PictureHeight => Base + Bottom;

    public (double X, double Y) Place(double x, double y) => (Left + Width * X.ShareOf(x), Base - Height * Y.ShareOf(y));

    /// <summary>Grid, ticks and labels.</summary>
    public void Draw(SvgCanvas canvas)
    {
        foreach (Tick tick in Y.Ticks)
        {
            double y = Base - Height * Y.ShareOf(tick.Value);
            canvas.Line(Left, y, Right, y, "grid");
            canvas.Text(Left - 6, y + 4, tick.Label, "muted", "end");
        }

        foreach (Tick tick in X.Ticks)
        {
            double x = Left + Width * X.ShareOf(tick.Value);
            canvas.Line(x, Base, x, Base + 4, "axis");
            canvas.Text(x, Base + 17, tick.Label, "muted", "middle");
        }

        canvas.Line(Left, Base, Right, Base, "axis");
        canvas.Text(Right, Base + 36, X.Label, "muted", "end");
    }
}

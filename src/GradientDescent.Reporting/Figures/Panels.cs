namespace GradientDescent.Reporting;

/// <summary>Small panels side by side, each with axes of its own and its name above.</summary>
internal static class Panels
{
    private const double TitleHeight = 22;
    private const int RowLength = 36; // the letters that a row of names has place for on a phone

    /// <param name="names">The names of the panels.</param>
    /// <param name="columns">The number of panels in a row.</param>
    /// <param name="height">The height of a panel in pixels, with its name.</param>
    /// <param name="x">The style of all x axes.</param>
    /// <param name="y">The style of all y axes.</param>
    /// <param name="traceOf">Returns the trace of a panel on the axes of the given names.</param>
    public static Figure Of(
        IReadOnlyList<string> names, int columns, double height, AxisStyle x, AxisStyle y, Func<int, string, string, Trace> traceOf) =>
        Of(names, columns, height, x, y, (panel, xAxis, yAxis) => [traceOf(panel, xAxis, yAxis)]);

    /// <inheritdoc cref="Of(IReadOnlyList{string}, int, double, AxisStyle, AxisStyle, Func{int, string, string, Trace})"/>
    /// <param name="names">The names of the panels.</param>
    /// <param name="columns">The number of panels in a row.</param>
    /// <param name="height">The height of a panel in pixels, with its name.</param>
    /// <param name="x">The style of all x axes.</param>
    /// <param name="y">The style of all y axes.</param>
    /// <param name="tracesOf">Returns the traces of a panel on the axes of the given names.</param>
    public static Figure Of(
        IReadOnlyList<string> names,
        int columns,
        double height,
        AxisStyle x,
        AxisStyle y,
        Func<int, string, string, IReadOnlyList<Trace>> tracesOf)
    {
        int rows = (names.Count + columns - 1) / columns;
        IEnumerable<Trace> traces = Enumerable.Range(0, names.Count)
            .SelectMany(panel => tracesOf(panel, "x" + Suffix(panel), "y" + Suffix(panel)));
        return new([.. traces], new()
        {
            Height = rows * height + 64,
            Grid = new(rows, columns, XGap: 0.1, YGap: Math.Min(0.9, (TitleHeight + 6) / height)),
            Template = new(new(x, y)),
            Margin = new() { L = 36, B = 16, T = 64 },
            Annotations = [.. names.Select((name, panel) => new AnnotationText
            {
                Text = Label.Short(name, length: RowLength / columns),
                X = 0,
                Y = 1,
                XRef = $"x{Suffix(panel)} domain",
                YRef = $"y{Suffix(panel)} domain",
                XAnchor = "left",
                YAnchor = "bottom",
            })],
        });
    }

    private static string Suffix(int panel) => panel == 0 ? "" : FormattableString.Invariant($"{panel + 1}");
}

namespace GradientDescent.Reporting;

/// <summary>
/// Rectangles in rows and columns. They are stacked bars without gaps, which the small variant of plotly.js draws, unlike a heat map.
/// </summary>
internal static class Cells
{
    /// <summary>
    /// The traces of the cells: row 0 at the top, column 0 at the left, each cell of width and height 1, its centre at whole numbers.
    /// </summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="styleOf">Returns the filling of a row.</param>
    /// <param name="textOf">Returns the text in a cell; <see langword="null"/>: none.</param>
    /// <param name="hintOf">Returns the text at the pointer.</param>
    /// <param name="xAxis">The name of the x axis.</param>
    /// <param name="yAxis">The name of the y axis, which goes down from −½.</param>
    public static IReadOnlyList<Trace> Of(
        int rows,
        int columns,
        Func<int, MarkerStyle> styleOf,
        Func<int, int, string>? textOf,
        Func<int, int, string> hintOf,
        string? xAxis = null,
        string? yAxis = null)
    {
        double[] places = [.. Enumerable.Range(0, columns).Select(column => (double)column)];
        double[] ones = [.. places.Select(_ => 1.0)];
        return [.. Enumerable.Range(0, rows).Select(row => new BarTrace
        {
            X = places,
            Y = ones,
            Base = row - 0.5,
            Width = ones,
            Marker = styleOf(row),
            Text = textOf is null ? null : [.. places.Select(column => textOf(row, (int)column))],
            TextPosition = textOf is null ? null : "inside",
            InsideTextAnchor = "middle",
            TextAngle = 0,
            TextFont = new() { Color = Colour.Ink },
            HoverText = [.. places.Select(column => hintOf(row, (int)column))],
            HoverTemplate = "%{hovertext}<extra></extra>",
            ShowLegend = false,
            XAxis = xAxis,
            YAxis = yAxis,
        })];
    }
}

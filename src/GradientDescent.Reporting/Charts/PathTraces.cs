namespace GradientDescent.Reporting;

/// <summary>The paths of optimizers on a plane: steps, start and end.</summary>
internal static class PathTraces
{
    private const int MaxMarks = 150;
    private const double NearestMove = 1.0 / 1500; // of the width of the plane

    /// <summary>The traces of a path: a border, so that the line is seen on every colour, the line with its steps, start and end.</summary>
    public static Trace[] Of(Trajectory path, int index, FunctionGrid grid)
    {
        Step[] steps = Steps(path, grid);
        if (steps.Length == 0)
            return [];
        LineStyle line = Series.LineOf(index);
        ScatterTrace whole = Trace(path.Name, steps, grid) with
        {
            Mode = steps.Length <= MaxMarks ? "lines+markers" : "lines",
            Line = line,
            Marker = new() { Color = Colour.OfSeries(index), Size = 4 },
            ShowLegend = true,
        };
        ScatterTrace border = whole with
        {
            Mode = "lines",
            Line = new() { Color = Colour.Paper, Width = 4.5 },
            Marker = null,
            ShowLegend = false,
            HoverInfo = "skip",
            HoverTemplate = null,
        };
        return [border, whole, Start(path.Name, steps[0], index, grid), End(path.Name, steps[^1], index, grid)];
    }

    /// <summary>The start of a path: a ring.</summary>
    public static ScatterTrace Start(string name, Step step, int index, FunctionGrid grid) => Trace(name, [step], grid) with
    {
        Mode = "markers",
        Marker = new() { Size = 10, Color = Colour.Paper, Line = new() { Color = Colour.OfSeries(index), Width = 2 } },
        ShowLegend = false,
    };

    /// <summary>The end of a path: a filled circle.</summary>
    public static ScatterTrace End(string name, Step step, int index, FunctionGrid grid) => Trace(name, [step], grid) with
    {
        Mode = "markers",
        Marker = new() { Size = 11, Color = Colour.OfSeries(index), Line = new() { Color = Colour.Paper, Width = 1.5 } },
        ShowLegend = false,
    };

    /// <summary>A line through steps, in the group of its path.</summary>
    public static ScatterTrace Trace(string name, IReadOnlyList<Step> steps, FunctionGrid grid) => new()
    {
        Name = Label.Short(name),
        Meta = new(name),
        LegendGroup = name,
        X = [.. steps.Select(step => step.X)],
        Y = [.. steps.Select(step => step.Y)],
        CustomData = [.. steps.Select(step => (double[])[step.Number, grid.At((step.X, step.Y))])],
        HoverTemplate = "step %{customdata[0]}: %{customdata[1]:.5~g}<br>at (%{x:.5~g}, %{y:.5~g})",
    };

    /// <summary>Stars at the minima of a function.</summary>
    public static Trace[] Minima(IReadOnlyList<(double X, double Y)> minima) => minima.Count == 0 ? [] :
    [
        new ScatterTrace
        {
            Name = minima.Count == 1 ? "minimum" : "minima",
            X = [.. minima.Select(at => at.X)],
            Y = [.. minima.Select(at => at.Y)],
            Mode = "markers",
            Marker = new() { Symbol = "star", Size = 14, Color = Colour.Ink, Line = new() { Color = Colour.Paper, Width = 1 } },
            HoverTemplate = "minimum at (%{x:.5~g}, %{y:.5~g})<extra></extra>",
        },
    ];

    /// <summary>The steps of a path that can be told apart, with its first and last one.</summary>
    public static Step[] Steps(Trajectory path, FunctionGrid grid)
    {
        double width = (grid.XRange.Max - grid.XRange.Min) * NearestMove, height = (grid.YRange.Max - grid.YRange.Min) * NearestMove;
        var kept = new List<Step>();
        for (int i = 0; i < path.Points.Length; i++)
        {
            (double x, double y) = path.Points[i];
            if (!Axes.IsNear(x, grid.XRange.Min, grid.XRange.Max) || !Axes.IsNear(y, grid.YRange.Min, grid.YRange.Max))
                break;
            if (i == path.Points.Length - 1 || kept.Count == 0 || Math.Abs(x - kept[^1].X) >= width || Math.Abs(y - kept[^1].Y) >= height)
                kept.Add(new(i, x, y));
        }

        return [.. kept];
    }
}

/// <summary>A point of a path.</summary>
/// <param name="Number">The number of steps before it.</param>
/// <param name="X">The first parameter.</param>
/// <param name="Y">The second parameter.</param>
internal readonly record struct Step(int Number, double X, double Y);

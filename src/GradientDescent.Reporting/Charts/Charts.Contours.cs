using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <content>Charts of functions of two parameters.</content>
public static partial class Charts
{
    /// <summary>Contour lines of a test function, its minima as crosses, and the paths of optimizers.</summary>
    /// <param name="function">The function, such as one of <see cref="TestFunctions"/>.</param>
    /// <param name="paths">The paths to draw, or none; a ring marks the end of a path.</param>
    public static Chart Contours(TestFunction function, params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(paths);
        return ContoursOf(
            function.Name,
            function,
            (function.XName, function.XRange.Min, function.XRange.Max),
            (function.YName, function.YRange.Min, function.YRange.Max),
            function.Minima,
            paths);
    }

    /// <summary>Contour lines of a function of two parameters, and the paths of optimizers.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="objective">The function of two parameters.</param>
    /// <param name="x">The range of the first parameter.</param>
    /// <param name="y">The range of the second parameter.</param>
    /// <param name="paths">The paths to draw, or none; a ring marks the end of a path.</param>
    /// <exception cref="ArgumentException">A range is empty or not finite.</exception>
    public static Chart Contours(
        string title,
        IObjective objective,
        (double Min, double Max) x,
        (double Min, double Max) y,
        params IReadOnlyList<Trajectory> paths) =>
        Contours(title, objective, ("first parameter", x.Min, x.Max), ("second parameter", y.Min, y.Max), paths);

    /// <summary>Contour lines of a function of two named parameters, and the paths of optimizers.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="objective">The function of two parameters.</param>
    /// <param name="x">The name and the range of the first parameter.</param>
    /// <param name="y">The name and the range of the second parameter.</param>
    /// <param name="paths">The paths to draw, or none; a ring marks the end of a path.</param>
    /// <exception cref="ArgumentException">A range is empty or not finite.</exception>
    public static Chart Contours(
        string title,
        IObjective objective,
        (string Name, double Min, double Max) x,
        (string Name, double Min, double Max) y,
        params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(paths);
        return ContoursOf(title, objective, Range(x, nameof(x)), Range(y, nameof(y)), [], paths);
    }

    private static XyChart ContoursOf(
        string title,
        IObjective objective,
        (string Name, double Min, double Max) x,
        (string Name, double Min, double Max) y,
        ImmutableArray<(double X, double Y)> minima,
        IReadOnlyList<Trajectory> paths)
    {
        double[] point = new double[2];
        var lines = new ContourLines(
            (a, b) =>
            {
                (point[0], point[1]) = (a, b);
                return objective.Evaluate(point, []);
            },
            (x.Min, x.Max), (y.Min, y.Max), cells: 300);
        string names = paths.Count == 0 ? "" : $", with the paths of {string.Join(", ", paths.Select(path => path.Name))}";
        return new XyChart(
            title,
            $"Contour lines of {title}{names}.",
            Axis.Of(x.Name, x.Min, x.Max),
            Axis.Of(y.Name, y.Min, y.Max),
            paths.Select(SeriesOf),
            plotHeight: 330)
        {
            Background = (canvas, frame) =>
            {
                double[] levels = lines.Levels(14);
                for (int i = 0; i < levels.Length; i++)
                {
                    IEnumerable<string> data = lines.At(levels[i])
                        .Select(line => Polyline.Data(Polyline.Simplify([.. line.Select(at => frame.Place(at.X, at.Y))], 0.2)));
                    canvas.Path(string.Concat(data), "level", 0.75 - 0.5 * i / levels.Length);
                }

                foreach ((double X, double Y) minimum in minima)
                {
                    (double px, double py) = frame.Place(minimum.X, minimum.Y);
                    string falling = Polyline.Data([(px - 5, py - 5), (px + 5, py + 5)]);
                    canvas.Path(falling + Polyline.Data([(px - 5, py + 5), (px + 5, py - 5)]), "axis");
                }
            },
        };

        static Series SeriesOf(Trajectory path) =>
            new(path.Name, SeriesKind.Path, [.. path.Points.Select(at => at.X)], [.. path.Points.Select(at => at.Y)]);
    }

    private static (string Name, double Min, double Max) Range((string Name, double Min, double Max) range, string name)
    {
        ArgumentNullException.ThrowIfNull(range.Name, name);
        return range.Max - range.Min is > 0 and < 1e150
            ? range
            : throw new ArgumentException(
                FormattableString.Invariant($"{name} is from {range.Min} to {range.Max}: it must be a finite range."), name);
    }
}

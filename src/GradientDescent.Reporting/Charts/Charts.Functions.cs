using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <content>Charts of functions of two parameters.</content>
public static partial class Charts
{
    private const int ContourCells = 100, SurfaceCells = 80;

    /// <summary>
    /// Areas between lines of equal value of a test function, its minima as stars, and the paths of optimizers: a ring at the start, a dot
    /// at each step, a filled circle at the end.
    /// </summary>
    /// <param name="function">The function, such as one of <see cref="TestFunctions"/>.</param>
    /// <param name="paths">The paths to draw, or none.</param>
    public static Chart Contours(TestFunction function, params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(function);
        return ContoursOf(function.Name, GridOf(function, ContourCells), function.Minima, paths);
    }

    /// <summary>Areas between lines of equal value of a function of two parameters, and the paths of optimizers.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="objective">The function of two parameters.</param>
    /// <param name="x">The range of the first parameter.</param>
    /// <param name="y">The range of the second parameter.</param>
    /// <param name="paths">The paths to draw, or none.</param>
    /// <exception cref="ArgumentException">A range is empty or not finite.</exception>
    public static Chart Contours(
        string title,
        IObjective objective,
        (double Min, double Max) x,
        (double Min, double Max) y,
        params IReadOnlyList<Trajectory> paths) =>
        Contours(title, objective, ("first parameter", x.Min, x.Max), ("second parameter", y.Min, y.Max), paths);

    /// <summary>Areas between lines of equal value of a function of two named parameters, and the paths of optimizers.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="objective">The function of two parameters.</param>
    /// <param name="x">The name and the range of the first parameter.</param>
    /// <param name="y">The name and the range of the second parameter.</param>
    /// <param name="paths">The paths to draw, or none.</param>
    /// <exception cref="ArgumentException">A range is empty or not finite.</exception>
    public static Chart Contours(
        string title,
        IObjective objective,
        (string Name, double Min, double Max) x,
        (string Name, double Min, double Max) y,
        params IReadOnlyList<Trajectory> paths) =>
        ContoursOf(title, GridOf(objective, x, y, ContourCells), [], paths);

    /// <summary>
    /// The surface of a test function in three dimensions, with the paths of optimizers on it. If most of its height belongs to a few steep
    /// places, the height is logarithmic, as the axis says.
    /// </summary>
    /// <param name="function">The function, such as one of <see cref="TestFunctions"/>.</param>
    /// <param name="paths">The paths to draw, or none.</param>
    /// <example><code>
    /// TestFunction valley = TestFunctions.Rosenbrock;
    /// TrainingRun run = new Trainer(new Adam(0.1), new TrainingOptions { MaxSteps = 300 }).CreateRun(valley, [-0.5, 2.5]);
    /// Charts.Surface(valley, Trajectory.From("Adam", run)).SaveHtml("surface.html");
    /// </code></example>
    public static Chart Surface(TestFunction function, params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(paths);
        return SurfaceFigure.Of($"{function.Name}, surface", GridOf(function, SurfaceCells), function.Minima, paths);
    }

    /// <summary>The surface of a function of two named parameters in three dimensions, with the paths of optimizers on it.</summary>
    /// <inheritdoc cref="Contours(string, IObjective, ValueTuple{string, double, double}, ValueTuple{string, double, double},
    /// IReadOnlyList{Trajectory})"/>
    public static Chart Surface(
        string title,
        IObjective objective,
        (string Name, double Min, double Max) x,
        (string Name, double Min, double Max) y,
        params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return SurfaceFigure.Of(title, GridOf(objective, x, y, SurfaceCells), [], paths);
    }

    /// <summary>
    /// A race of optimizers on a test function: their paths grow at the same time, step by step, when a reader presses Play; a slider shows
    /// any step.
    /// </summary>
    /// <param name="function">The function, such as one of <see cref="TestFunctions"/>.</param>
    /// <param name="paths">The paths, at least one.</param>
    /// <example><code>
    /// TestFunction valley = TestFunctions.Rosenbrock;
    /// Charts.Race(valley, Run(new Momentum(0.0002)), Run(new Adam(0.1))).SaveHtml("race.html");
    ///
    /// Trajectory Run(IOptimizer optimizer) => Trajectory.From(optimizer.GetType().Name,
    ///     new Trainer(optimizer, new TrainingOptions { MaxSteps = 300 }).CreateRun(valley, [-0.5, 2.5]));
    /// </code></example>
    public static Chart Race(TestFunction function, params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(function);
        return RaceOf($"{function.Name}, race", GridOf(function, ContourCells), function.Minima, paths);
    }

    /// <summary>A race of optimizers on a function of two named parameters.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="objective">The function of two parameters.</param>
    /// <param name="x">The name and the range of the first parameter.</param>
    /// <param name="y">The name and the range of the second parameter.</param>
    /// <param name="paths">The paths, at least one.</param>
    /// <exception cref="ArgumentException">A range is empty or not finite, or there is no path.</exception>
    public static Chart Race(
        string title,
        IObjective objective,
        (string Name, double Min, double Max) x,
        (string Name, double Min, double Max) y,
        params IReadOnlyList<Trajectory> paths) =>
        RaceOf(title, GridOf(objective, x, y, ContourCells), [], paths);

    /// <summary>Points at which a function of two parameters was tried, such as those of a random search, and the best of them.</summary>
    /// <param name="title">The title of the chart.</param>
    /// <param name="objective">The function of two parameters.</param>
    /// <param name="x">The name and the range of the first parameter.</param>
    /// <param name="y">The name and the range of the second parameter.</param>
    /// <param name="points">The points, at least one.</param>
    /// <exception cref="ArgumentException">A range is empty or not finite, or there is no point.</exception>
    public static Chart Cloud(
        string title,
        IObjective objective,
        (string Name, double Min, double Max) x,
        (string Name, double Min, double Max) y,
        IReadOnlyList<(double X, double Y)> points)
    {
        NotEmpty(points);
        FunctionGrid grid = GridOf(objective, x, y, ContourCells);
        double[] values = [.. points.Select(grid.At)];
        int best = Enumerable.Range(0, points.Count).MinBy(i => double.IsNaN(values[i]) ? double.PositiveInfinity : values[i]);
        double[] xs = [.. points.Select(point => point.X)], ys = [.. points.Select(point => point.Y)];
        int[] shown = Thinning.Dots(xs, ys);
        ScatterTrace dots = new()
        {
            Name = "tried",
            X = [.. shown.Select(i => xs[i])],
            Y = [.. shown.Select(i => ys[i])],
            CustomData = [.. shown.Select(i => (double[])[i, values[i]])],
            Mode = "markers",
            Marker = new() { Size = 5, Color = Colour.OfSeries(0), Line = new() { Color = Colour.Paper, Width = 0.5 } },
            HoverTemplate = "%{customdata[1]:.5~g}<br>at (%{x:.5~g}, %{y:.5~g})<extra></extra>",
        };
        ScatterTrace winner = new()
        {
            Name = "best",
            X = [xs[best]],
            Y = [ys[best]],
            Mode = "markers",
            Marker = new() { Symbol = "star", Size = 15, Color = Colour.OfSeries(1), Line = new() { Color = Colour.Paper, Width = 1 } },
            HoverTemplate = $"best: {Label.Number(values[best])}<br>at (%{{x:.5~g}}, %{{y:.5~g}})<extra></extra>",
        };
        string description = FormattableString.Invariant(
            $"{points.Count} points; the best has the value {Label.Number(values[best])}.{Thinning.Note(shown.Length, points.Count)}");
        return new(title, description, Ground(grid, [dots, winner]));
    }

    private static Chart ContoursOf(
        string title, FunctionGrid grid, ImmutableArray<(double X, double Y)> minima, IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        string names = paths.Count == 0 ? "" : $", with the paths of {string.Join(", ", paths.Select(path => path.Name))} from ring to dot";
        return new(
            title,
            $"Areas of equal value{names}.",
            Ground(grid, [.. paths.SelectMany((path, i) => PathTraces.Of(path, i, grid)), .. PathTraces.Minima(minima)]));
    }

    private static Chart RaceOf(
        string title, FunctionGrid grid, ImmutableArray<(double X, double Y)> minima, IReadOnlyList<Trajectory> paths)
    {
        NotEmpty(paths);
        return new(
            title,
            $"The paths of {string.Join(", ", paths.Select(path => path.Name))}, which move at the same time.",
            RaceFigure.Of(Ground(grid, PathTraces.Minima(minima)), grid, paths));
    }

    /// <summary>A plane that has colours and lines by the values of a function, and traces on it.</summary>
    private static Figure Ground(FunctionGrid grid, Trace[] traces) => new(
        [
            new ContourTrace
            {
                X = grid.X,
                Y = grid.Y,
                Z = grid.Heights,
                CustomData = grid.Values,
                Contours = grid.Levels,
                ColorScale = [new(0, Colour.Low), new(1, Colour.High)],
                ColorBar = grid.Bar,
                Line = new() { Color = Colour.Muted with { Opacity = 0.5 }, Width = 0.6 },
                HoverTemplate = "%{customdata:.5~g}<br>at (%{x:.5~g}, %{y:.5~g})<extra></extra>",
            },
            .. traces,
        ],
        new()
        {
            Height = 460,
            XAxis = Axes.Of(grid.XRange.Name, grid.XRange.Min, grid.XRange.Max) with { ShowGrid = false },
            YAxis = Axes.Of(grid.YRange.Name, grid.YRange.Min, grid.YRange.Max) with { ShowGrid = false },
            ShowLegend = traces.Length > 0,
        });

    private static FunctionGrid GridOf(TestFunction function, int cells) => new(
        function,
        (function.XName, function.XRange.Min, function.XRange.Max),
        (function.YName, function.YRange.Min, function.YRange.Max),
        cells);

    private static FunctionGrid GridOf(
        IObjective objective, (string Name, double Min, double Max) x, (string Name, double Min, double Max) y, int cells)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new(objective, Range(x, nameof(x)), Range(y, nameof(y)), cells);
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

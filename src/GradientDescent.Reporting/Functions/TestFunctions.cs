namespace GradientDescent.Reporting;

/// <summary>Classic test functions of two parameters, to see how optimizers move.</summary>
/// <example><code>
/// TestFunction valley = TestFunctions.Rosenbrock;
/// var trainer = new Trainer(new Momentum(0.0005), new TrainingOptions { MaxSteps = 500 });
/// TrainingRun run = trainer.CreateRun(valley, [valley.Start.X, valley.Start.Y]);
/// Charts.Contours(valley, Trajectory.From("Momentum", run)).SaveHtml("valley.html");
/// </code></example>
public static class TestFunctions
{
    /// <summary>(x² + 10y²)/2: ten times as steep in y as in x.</summary>
    public static TestFunction QuadraticBowl { get; } = new("Quadratic bowl", (x, y) => ((x * x + 10 * y * y) / 2, x, 10 * y))
    {
        Start = (-4, 1.5),
        Minima = [(0, 0)],
        XRange = (-5, 5),
        YRange = (-2.5, 2.5),
    };

    /// <summary>(1 − x)² + 100(y − x²)²: a curved valley with steep walls and almost no slope along its floor (Rosenbrock 1960).</summary>
    public static TestFunction Rosenbrock { get; } = new(
        "Rosenbrock",
        (x, y) =>
        {
            double a = 1 - x, b = y - x * x;
            return (a * a + 100 * b * b, -2 * a - 400 * x * b, 200 * b);
        })
    {
        Start = (-1.2, 1),
        Minima = [(1, 1)],
        XRange = (-2, 2),
        YRange = (-1, 3),
    };

    /// <summary>(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²: flat in the middle, steep at the corners (Beale 1958).</summary>
    public static TestFunction Beale { get; } = new(
        "Beale",
        (x, y) =>
        {
            double a = 1.5 - x + x * y, b = 2.25 - x + x * y * y, c = 2.625 - x + x * y * y * y;
            return (
                a * a + b * b + c * c,
                2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1)),
                2 * x * (a + 2 * b * y + 3 * c * y * y));
        })
    {
        Start = (1, 1.5),
        Minima = [(3, 0.5)],
        XRange = (-1, 4.5),
        YRange = (-1, 2),
    };

    /// <summary>(x² + y − 11)² + (x + y² − 7)²: four minima (Himmelblau 1972).</summary>
    public static TestFunction Himmelblau { get; } = new(
        "Himmelblau",
        (x, y) =>
        {
            double a = x * x + y - 11, b = x + y * y - 7;
            return (a * a + b * b, 4 * x * a + 2 * b, 2 * a + 4 * y * b);
        })
    {
        Start = (0, 0),
        Minima =
        [
            (3, 2), (-2.805118086952745, 3.131312518250573), (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ],
        XRange = (-5, 5),
        YRange = (-5, 5),
    };

    /// <summary>
    /// The mean squared error of a line with slope x and intercept y on the points (1, 2), (2, 3), (3, 5), (4, 4), (5, 6):
    /// 11x² + 6xy + y² − 27.6x − 8y + 18. Its minimum is 0.38. A change of the slope can compensate a change of the intercept, so
    /// the valley is long.
    /// </summary>
    public static TestFunction LineFit { get; } = new(
        "Line fit",
        (x, y) => (11 * x * x + 6 * x * y + y * y - 27.6 * x - 8 * y + 18, 22 * x + 6 * y - 27.6, 6 * x + 2 * y - 8))
    {
        XName = "slope",
        YName = "intercept",
        Start = (0, 0),
        Minima = [(0.9, 1.3)],
        XRange = (-0.5, 2.5),
        YRange = (-1.5, 3.5),
    };

    /// <summary>x² − y²: the gradient is zero at the origin, which is not a minimum; there is no minimum.</summary>
    public static TestFunction Saddle { get; } = new("Saddle", (x, y) => (x * x - y * y, 2 * x, -2 * y))
    {
        Start = (-1.5, 0.001),
        Minima = [],
        XRange = (-2, 2),
        YRange = (-2, 2),
    };
}

namespace GradientDescent.Reporting;

/// <summary>The values of a function of two parameters on a grid, and the scale that its heights and colours have.</summary>
/// <remarks>
/// If most of the range belongs to a few steep places, the scale is log₁₀(1 + (f − m)/u), with the smallest value m and as the unit u the
/// height above m that a twentieth of the grid does not reach: then the valley is seen too. Otherwise the scale is the value itself.
/// </remarks>
internal sealed class FunctionGrid
{
    private const double Largest = 1e300;
    private const double SteepFrom = 4;
    private const int LevelCount = 14;

    private readonly Func<double, double, double> _function;
    private readonly double _lowest, _highest, _unit;

    /// <param name="objective">The function of two parameters.</param>
    /// <param name="x">The name and the range of the first parameter.</param>
    /// <param name="y">The name and the range of the second parameter.</param>
    /// <param name="cells">The number of cells in each direction.</param>
    public FunctionGrid(
        IObjective objective, (string Name, double Min, double Max) x, (string Name, double Min, double Max) y, int cells)
    {
        double[] point = new double[2];
        _function = (a, b) =>
        {
            (point[0], point[1]) = (a, b);
            double value = objective.Evaluate(point, []);
            return Math.Abs(value) < Largest ? value : double.NaN;
        };
        (XRange, YRange) = (x, y);
        X = Places(x.Min, x.Max);
        Y = Places(y.Min, y.Max);
        Values = new([.. Y.Select(b => X.Select(a => _function(a, b)).ToArray())]);
        double[] sorted = [.. Values.Rows.SelectMany(row => row).Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            sorted = [0];
        (_lowest, _highest) = (sorted[0], sorted[^1]);
        IsLogarithmic = _highest - _lowest > SteepFrom * (sorted[sorted.Length / 2] - _lowest);
        _unit = Math.Max(sorted[sorted.Length / 20] - _lowest, (_highest - _lowest) * 1e-9);
        Heights = Values.Select(HeightOf);
        Levels = LevelsOf();

        double[] Places(double min, double max) => [.. Enumerable.Range(0, cells + 1).Select(i => min + (max - min) * i / cells)];
    }

    public (string Name, double Min, double Max) XRange { get; }

    public (string Name, double Min, double Max) YRange { get; }

    public double[] X { get; }

    public double[] Y { get; }

    /// <summary>The values of the function.</summary>
    public Grid Values { get; }

    /// <summary>The values on the scale.</summary>
    public Grid Heights { get; }

    public bool IsLogarithmic { get; }

    /// <summary>Places of the scale at equal distances, for lines of equal value.</summary>
    public ContourLevels Levels { get; }

    /// <summary>A bar that has the values of the function at the lines.</summary>
    public ColourBar Bar
    {
        get
        {
            int count = (int)Math.Round((Levels.End - Levels.Start) / Levels.Size) + 1, stride = (count + 7) / 8;
            double[] places = [.. Enumerable.Range(0, count).Where(k => k % stride == 0).Select(k => Levels.Start + k * Levels.Size)];
            return new()
            {
                TickVals = places,
                TickText = [.. places.Select(place => Label.Number(Rounded(ValueAt(place))))],
                TickFont = new() { Size = 11, Color = Colour.Muted },
            };
        }
    }

    /// <summary>The value of the function at a point.</summary>
    public double At((double X, double Y) point) =>
        Axes.CanShow(point.X) && Axes.CanShow(point.Y) ? _function(point.X, point.Y) : double.NaN;

    /// <summary>A value on the scale.</summary>
    public double HeightOf(double value) => IsLogarithmic ? Math.Log10(1 + Math.Max(0, value - _lowest) / _unit) : value;

    private double ValueAt(double height) => IsLogarithmic ? _lowest + _unit * (Math.Pow(10, height) - 1) : height;

    private ContourLevels LevelsOf()
    {
        double low = HeightOf(_lowest), width = HeightOf(_highest) - low;
        if (!(width > 0))
            return new(low, low, 1);
        if (IsLogarithmic)
            return new(low + width / LevelCount, low + width * (LevelCount - 1) / LevelCount, width / LevelCount);
        double size = RoundStep(width / LevelCount), first = Math.Floor(low / size) + 1;
        return new(first * size, (Math.Ceiling((low + width) / size) - 1) * size, size);
    }

    /// <summary>The smallest of 1, 2 or 5 times a power of ten that is at least the given distance.</summary>
    private static double RoundStep(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }

    private static double Rounded(double value) => double.Parse(
        value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}

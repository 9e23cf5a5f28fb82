namespace GradientDescent;

/// <summary>A function along one coordinate, the others unchanged.</summary>
/// <param name="value">The function.</param>
/// <param name="point">The point; one entry is changed for each evaluation and restored after it.</param>
/// <param name="index">The coordinate.</param>
/// <param name="center">The value at the point.</param>
internal readonly struct CoordinateLine(ObjectiveValue value, double[] point, int index, double center)
{
    public double X { get; } = point[index];

    public double Center => center;

    /// <summary>Whether the function has another value at this distance from x.</summary>
    public bool Changes(double step) => At(X + step) != center || At(X - step) != center;

    /// <summary>The derivative with a step; from one side if the values on the other are not finite.</summary>
    public DifferenceStencil Measure(double step)
    {
        double h = OnGrid(step);
        double below1 = At(X - h), above1 = At(X + h), below2 = At(X - 2 * h), above2 = At(X + 2 * h);
        bool below = double.IsFinite(below1) && double.IsFinite(below2);
        bool above = double.IsFinite(above1) && double.IsFinite(above2);
        return (below, above) switch
        {
            (false, true) => DifferenceStencil.OneSided(h, center, above1, above2, At(X + 3 * h), At(X + 4 * h)),
            (true, false) => DifferenceStencil.OneSided(-h, center, below1, below2, At(X - 3 * h), At(X - 4 * h)),
            _ => DifferenceStencil.Central(h, center, below2, below1, above1, above2),
        };
    }

    /// <summary>The slope between two points at a distance from x, and the distance.</summary>
    public (double Slope, double Step) Slope(double step)
    {
        double h = OnGrid(step);
        return ((0.5 * At(X + h) - 0.5 * At(X - h)) / h, h);
    }

    /// <summary>The nearest step that is added to x without rounding.</summary>
    private double OnGrid(double step)
    {
        double grid = Math.Max(Math.ScaleB(1, Math.ILogB(Math.Abs(X) + 4 * step) - 52), double.Epsilon);
        return Math.Max(Math.Round(step / grid), 1) * grid;
    }

    private double At(double moved)
    {
        double x = point[index];
        point[index] = moved;
        double result = value(point);
        point[index] = x;
        return result;
    }
}

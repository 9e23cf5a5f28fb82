namespace GradientDescent;

/// <summary>
/// Five-point central differences: f′(x) ≈ (f(x − 2h) − 8f(x − h) + 8f(x + h) − f(x + 2h)) / 12h, with an error of order h⁴.
/// </summary>
internal static class FiniteDifferences
{
    // ε^(1/5) for ε = 2⁻⁵²: where the truncation h⁴ and the rounding ε/h balance.
    private const double RelativeStep = 7.4e-4;

    /// <param name="value">The function.</param>
    /// <param name="parameters">The point.</param>
    /// <param name="point">Scratch memory, as long as the parameters.</param>
    /// <param name="gradient">The gradient, to be written.</param>
    public static void Gradient(ObjectiveValue value, ReadOnlySpan<double> parameters, double[] point, Span<double> gradient)
    {
        parameters.CopyTo(point);
        for (int i = 0; i < point.Length; i++)
        {
            double x = point[i];
            double h = Math.ScaleB(1, Math.ILogB(RelativeStep * Math.Max(Math.Abs(x), 1))); // a power of two: x ± h loses little or nothing
            double near = At(value, point, i, x + h) - At(value, point, i, x - h);
            double far = At(value, point, i, x + 2 * h) - At(value, point, i, x - 2 * h);
            gradient[i] = (8 * near - far) / (12 * h);
            point[i] = x;
        }
    }

    private static double At(ObjectiveValue value, double[] point, int index, double moved)
    {
        point[index] = moved;
        return value(point);
    }
}

namespace GradientDescent;

/// <summary>Five-point central differences: f′(x) ≈ (f(x − 2h) − 8f(x − h) + 8f(x + h) − f(x + 2h)) / 12h, with an error of order h⁴.</summary>
internal static class FiniteDifferences
{
    // ε^(1/5) for ε = 2⁻⁵²: where the truncation h⁴ and the rounding ε/h balance.
    private const double RelativeStep = 7.4e-4;

    public static void Gradient(ObjectiveValue value, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double[] point = parameters.ToArray();
        for (int i = 0; i < point.Length; i++)
        {
            double x = point[i];
            double h = Math.ScaleB(1, Math.ILogB(RelativeStep * Math.Max(Math.Abs(x), 1))); // a power of two: x ± h loses little or nothing
            gradient[i] = (At(x - 2 * h) - At(x + 2 * h) + 8 * (At(x + h) - At(x - h))) / (12 * h);
            point[i] = x;

            double At(double moved)
            {
                point[i] = moved;
                return value(point);
            }
        }
    }
}

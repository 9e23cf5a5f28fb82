namespace GradientDescent;

/// <summary>Roots, powers and angles.</summary>
internal static class PowerFunctions
{
    // Below this size a power may have lost digits, and its derivative is computed as a power of its own.
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>√x, with the derivative ∞ at 0.</summary>
    public readonly struct Sqrt : IFunction
    {
        public static double Value(double x) => Math.Sqrt(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = 0.5 / Math.Abs(value); // √−0 is −0
            second = -first / (2 * Math.Abs(x));
        }
    }

    /// <summary>∛x, with the derivative ∞ at 0.</summary>
    public readonly struct Cbrt : IFunction
    {
        public static double Value(double x) => double.Cbrt(x);

        public static void Derive(double x, double value, out double first, out double second)
        {
            first = x == 0 ? double.PositiveInfinity : value / x / 3;
            second = first / x * (-2.0 / 3);
        }
    }

    /// <summary>The derivatives of the n-th root of x.</summary>
    public static void DeriveRoot(double x, int n, double value, out double first, out double second)
    {
        first = (n, x) switch
        {
            (1, _) => 1,
            ( > 1, 0) => double.PositiveInfinity,
            ( > 1, double.PositiveInfinity or double.NegativeInfinity) => 0,
            _ => value / (n * x),
        };
        second = n == 1 ? 0 : first * ((1 - (double)n) / n) / x;
    }

    /// <summary>The derivatives of xᶜ by x. For a whole c they exist for x ≤ 0 too; for c = 0 they are 0, also at x = 0.</summary>
    public static void DerivePower(double x, double c, double value, out double first, out double second)
    {
        if (c == 2)
        {
            (first, second) = (2 * x, 2);
            return;
        }

        bool dividesWell = Math.Abs(value) is >= SmallestNormal and <= double.MaxValue && double.IsFinite(x);
        first = c == 0 ? 0 : dividesWell ? c * (value / x) : c * double.Pow(x, c - 1);
        second = c is 0 or 1 ? 0 : dividesWell ? first * (c - 1) / x : c * (c - 1) * double.Pow(x, c - 2);
    }

    /// <summary>The derivatives of aʸ by y. At a = 0 they are 0 for y &gt; 0.</summary>
    public static void DeriveExponent(double a, double y, double value, out double first, out double second)
    {
        if (a == 0 && y > 0)
        {
            (first, second) = (0, 0);
            return;
        }

        double logarithm = double.Log(a);
        first = value * logarithm;
        second = first * logarithm;
    }

    /// <summary>The derivatives of xʸ where both can change.</summary>
    public static PartialDerivatives DerivePower(double x, double y, double value)
    {
        PartialDerivatives partials = default;
        DerivePower(x, y, value, out partials.X, out partials.XX);
        DeriveExponent(x, y, value, out partials.Y, out partials.YY);
        partials.XY = x == 0 && y > 1 ? 0 : double.Pow(x, y - 1) * (1 + y * double.Log(x));
        return partials;
    }

    /// <summary>The derivatives of the logarithm of x to a base.</summary>
    public static PartialDerivatives DeriveLogarithm(double x, double newBase, double value)
    {
        double scale = 1 / double.Log(newBase), slope = x >= 0 ? 1 / Math.Abs(x) : double.NaN;
        return new()
        {
            X = slope * scale,
            Y = -value * scale / newBase,
            XX = -slope * scale * slope,
            XY = -slope * scale * scale / newBase,
            YY = value * scale * (1 + 2 * scale) / newBase / newBase,
        };
    }

    /// <summary>The derivatives of √(x² + y²). At the origin, where there is a corner, the subgradient 0 is taken.</summary>
    public static PartialDerivatives DeriveHypot(double x, double y, double value)
    {
        if (value == 0)
            return default;
        double p = x / value, q = y / value;
        return new() { X = p, Y = q, XX = q * q / value, XY = -p * q / value, YY = p * p / value };
    }

    /// <summary>The derivatives of the angle of the point (x, y).</summary>
    public static PartialDerivatives DeriveAngle(double y, double x)
    {
        double radius = double.Hypot(x, y), p = x / radius / radius, q = -y / radius / radius;
        return new() { X = p, Y = q, XX = 2 * p * q, XY = q * q - p * p, YY = -2 * p * q };
    }
}

namespace GradientDescent.Kernels;

/// <summary>
/// Elementary functions from plain IEEE operations alone: the same bits on every machine, which the system's libm does not promise. Exp and log have an
/// error of about one unit in the last place.
/// </summary>
internal static class Elementary
{
    // ln 2 in two parts; the first has 21 trailing zero bits, so that k·Ln2High is exact for every exponent k of a double.
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896340736;

    /// <summary>eˣ: x = k·ln 2 + r with |r| ≤ ½ ln 2, and the series of eʳ to r¹³, whose remainder is below 2⁻⁵⁷.</summary>
    public static double Exp(double x)
    {
        if (!(x <= 709.8))
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        if (x < -745.2)
            return 0;
        double k = Math.Round(x * Log2E);
        double high = x - k * Ln2High;
        double low = k * Ln2Low;
        double r = high - low;
        double rounded = high - r - low; // what the subtraction lost
        double series = 1.0 / 6227020800;
        series = series * r + 1.0 / 479001600;
        series = series * r + 1.0 / 39916800;
        series = series * r + 1.0 / 3628800;
        series = series * r + 1.0 / 362880;
        series = series * r + 1.0 / 40320;
        series = series * r + 1.0 / 5040;
        series = series * r + 1.0 / 720;
        series = series * r + 1.0 / 120;
        series = series * r + 1.0 / 24;
        series = series * r + 1.0 / 6;
        series = series * r + 0.5;
        return Math.ScaleB(1 + (r + (series * (r * r) + rounded)), (int)k);
    }

    /// <summary>ln x: x = 2ᵉ·m with m in [√½, √2), and ln m = 2 artanh(s) with s = (m − 1)/(m + 1).</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        int exponent = Math.ILogB(x);
        double mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        double f = mantissa - 1; // exact
        double s = f / (2 + f);
        double half = 0.5 * f * f;
        // ln(1 + f) = f − f²/2 + s·(f²/2 + R): the leading terms are exact or nearly so, only the small rest is rounded.
        return exponent * Ln2High - (half - (s * (half + ArtanhRest(s * s)) + exponent * Ln2Low) - f);
    }

    /// <summary>ln(1 + x) without loss for small x.</summary>
    public static double Log1p(double x)
    {
        if (x is > -0.25 and < 0.25)
        {
            double s = x / (2 + x);
            double half = 0.5 * x * x;
            return x - (half - s * (half + ArtanhRest(s * s)));
        }

        double u = 1 + x;
        double lost = x - (u - 1); // by rounding 1 + x: up to three units in the last place of the result
        return lost is > 0 or < 0 ? Log(u) + lost / u : Log(u);
    }

    /// <summary>1/(1 + e⁻ˣ), to full relative precision at both ends.</summary>
    public static double Sigmoid(double x)
    {
        double e = Exp(-Math.Abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>ln(1 + eˣ).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Exp(-Math.Abs(x)));

    /// <summary>cos(πx): the period is taken off exactly before the series.</summary>
    public static double CosPi(double x)
    {
        double t = Math.Abs(Math.IEEERemainder(x, 2)); // in [0, 1], exact
        double sign = t > 0.5 ? -1 : 1;
        t = t > 0.5 ? 1 - t : t;
        return sign * (t <= 0.25 ? CosSeries(Math.PI * t) : SinSeries(Math.PI * (0.5 - t)));
    }

    /// <summary>xʸ for x ≥ 0: by repeated squaring for whole y, else e^(y ln x).</summary>
    public static double Pow(double x, double y)
    {
        if (Math.Abs(y) > int.MaxValue || y != Math.Floor(y))
            return Exp(y * Log(x));
        double power = 1;
        double square = x;
        for (long rest = Math.Abs((long)y); rest > 0; rest >>= 1)
        {
            if ((rest & 1) != 0)
                power *= square;
            square *= square;
        }

        return y >= 0 ? power : 1 / power;
    }

    /// <summary>ln(1 + f) = 2s + s·ArtanhRest(s²): the series 2(s²/3 + s⁴/5 + …), for s² ≤ 0.0295, remainder below 2⁻⁵⁸.</summary>
    private static double ArtanhRest(double z)
    {
        double sum = 2.0 / 23;
        for (int odd = 21; odd >= 3; odd -= 2)
            sum = sum * z + 2.0 / odd;
        return sum * z;
    }

    private static double CosSeries(double y)
    {
        double z = y * y;
        double sum = 1;
        for (int n = 18; n >= 4; n -= 2)
            sum = 1 - z / (n * (n - 1)) * sum;
        return 1 - 0.5 * z * sum;
    }

    private static double SinSeries(double y)
    {
        double z = y * y;
        double sum = 1;
        for (int n = 17; n >= 3; n -= 2)
            sum = 1 - z / (n * (n - 1)) * sum;
        return y * sum;
    }
}

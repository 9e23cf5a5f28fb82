using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// Elementary functions built from basic IEEE operations only. They give the same bits on every machine, which the system's libm does not
/// guarantee. Exp and log have an error of less than one unit in the last place.
/// </summary>
internal static class Elementary
{
    public static double Exp(double x) => Of<Exponential>(x);

    public static double Log(double x) => Of<Logarithm>(x);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    public static double Sigmoid(double x) => Of<Sigmoid>(x);

    /// <summary>
    /// ln(1 + x) for x &gt; −1 to a few units in the last place. The rounding error of 1 + x is corrected to first order. Higham, "Accuracy
    /// and Stability of Numerical Algorithms", 2002, section 1.14.1.
    /// </summary>
    public static double Log1p(double x)
    {
        double rounded = 1 + x;
        return rounded == 1 ? x : Log(rounded) * (x / (rounded - 1));
    }

    /// <summary>eˣ − 1 for x ≤ 0 to a few units in the last place; see <see cref="Log1p"/> for the method.</summary>
    public static double Expm1(double x)
    {
        double power = Exp(x);
        return power == 1 ? x : power < 0.5 ? power - 1 : (power - 1) * (x / Log(power));
    }

    /// <summary>The function of a single number, with the same bits as in a pack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Of<F>(double x) where F : struct, IElementaryFunction
    {
        DoubleLane.Store(F.Of(DoubleLane.Load(in x, 0)), ref x, 0);
        return x;
    }

    /// <summary>cos(πx). The argument is reduced exactly before the series is used.</summary>
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

using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>ln x: x = 2ᵏ·m with m in [√½, √2), and ln m = 2 artanh(s) with s = (m − 1)/(m + 1).</summary>
internal readonly struct Logarithm : IElementaryFunction
{
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const int SubnormalShift = 54;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double>
    {
        V zero = V.Fill(0);
        V normal = V.WhereGreater(V.Fill(SmallestNormal), x, (double)(1L << SubnormalShift) * x, x);
        V shift = V.WhereGreater(V.Fill(SmallestNormal), x, V.Fill(SubnormalShift), zero);
        V k = ExponentBits.Exponent(normal);
        return OrEdge(x, Sum(k - shift, ExponentBits.Scale(normal, zero - k) + -1, zero)); // m − 1 is exact
    }

    /// <summary>k·ln 2 + ln(1 + f) + correction, for f in [√½ − 1, √2 − 1) and a correction that is small compared with f.</summary>
    /// <remarks>
    /// ln(1 + f) = f − f²/2 + s·(f²/2 + R): the leading terms are exact or nearly exact, and only the small rest is rounded.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sum<V>(V k, V f, V correction) where V : struct, ILanes<V, double>
    {
        V s = f / (f + 2);
        V half = 0.5 * f * f;
        return LogOfTwo.High * k - (half - (s * (half + ArtanhRest(s * s)) + (LogOfTwo.Low * k + correction)) - f);
    }

    /// <summary>
    /// −∞ for the logarithm of 0, NaN for that of a negative number or NaN, ∞ for that of ∞; the given result for others.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OrEdge<V>(V x, V result) where V : struct, ILanes<V, double>
    {
        V zeroOrNaN = x + double.NegativeInfinity;
        V notPositive = V.WhereGreater(V.Fill(0), x, V.Fill(double.NaN), zeroOrNaN);
        return V.WhereGreater(x, V.Fill(double.MaxValue), x, V.WhereGreater(x, V.Fill(0), result, notPositive));
    }

    /// <summary>ln(1 + f) = 2s + s·ArtanhRest(s²): the series 2(s²/3 + s⁴/5 + …), for s² ≤ 0.0295, remainder below 2⁻⁵⁸.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ArtanhRest<V>(V z) where V : struct, ILanes<V, double>
    {
        V series = V.Fill(2.0 / 23);
        series = series * z + 2.0 / 21;
        series = series * z + 2.0 / 19;
        series = series * z + 2.0 / 17;
        series = series * z + 2.0 / 15;
        series = series * z + 2.0 / 13;
        series = series * z + 2.0 / 11;
        series = series * z + 2.0 / 9;
        series = series * z + 2.0 / 7;
        series = series * z + 2.0 / 5;
        series = series * z + 2.0 / 3;
        return series * z;
    }
}

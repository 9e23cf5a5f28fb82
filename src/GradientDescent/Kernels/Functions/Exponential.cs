using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>eˣ: x = k·ln 2 + r with |r| ≤ ½ ln 2, and the series of eʳ to r¹³, whose remainder is below 2⁻⁵⁷.</summary>
internal readonly struct Exponential : IElementaryFunction
{
    // The result is infinite above Largest and 0 below Smallest. Without these limits k could exceed the range of an exponent.
    private const double Largest = 710;
    private const double Smallest = -746;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double>
    {
        x = V.WhereGreater(x, V.Fill(Largest), V.Fill(Largest), x);
        x = V.WhereGreater(V.Fill(Smallest), x, V.Fill(Smallest), x);
        V k = ExponentBits.Round(LogOfTwo.Inverse * x);
        V high = x - LogOfTwo.High * k;
        V low = LogOfTwo.Low * k;
        V r = high - low;
        V rounded = high - r - low; // the rounding error of the subtraction
        V series = V.Fill(1.0 / 6227020800);
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
        return ExponentBits.Scale(r + (series * (r * r) + rounded) + 1, k);
    }
}

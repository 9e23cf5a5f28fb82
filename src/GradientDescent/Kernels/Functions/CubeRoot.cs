using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>∛x for x ≥ 0: x = 2³ᵏ·m with m in [¼√2, 2√2), and three steps of Halley's method from a straight line for ∛m.</summary>
internal readonly struct CubeRoot : IElementaryFunction
{
    private const double SmallestNormal = 2.2250738585072014e-308;
    private const int SubnormalShift = 54;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double>
    {
        V zero = V.Fill(0), limit = V.Fill(SmallestNormal);
        V normal = V.WhereGreater(limit, x, (double)(1L << SubnormalShift) * x, x);
        V shift = V.WhereGreater(limit, x, V.Fill(SubnormalShift / 3), zero);
        V k = ExponentBits.Round(1.0 / 3 * ExponentBits.Exponent(normal));
        V m = ExponentBits.Scale(normal, -3 * k);
        V root = Nearer(Nearer(Nearer(0.3 * m + 0.64, m), m), m); // errors of at most 0.061, 2e-4, 3e-12, rounding
        V edge = V.WhereGreater(x, V.Fill(double.MaxValue), x, ExponentBits.Scale(root, k - shift));
        return V.WhereGreater(x, zero, edge, x);
    }

    /// <summary>A step of Halley's method, y + y(m − y³)/(2y³ + m): an error e becomes about ⅔e³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Nearer<V>(V y, V m) where V : struct, ILanes<V, double>
    {
        V cube = y * y * y;
        return y + y * ((m - cube) / (2 * cube + m));
    }
}

using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>ln(1 + x), also accurate for small x.</summary>
internal readonly struct LogarithmOfOnePlus : IElementaryFunction
{
    // Compiled on its own: together with an exponential in one loop it would exceed the inlining budget on machines without 512-bit
    // vectors.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Of<V>(V x) where V : struct, ILanes<V, double>
    {
        V zero = V.Fill(0);
        V u = x + 1;
        V k = ExponentBits.Exponent(u);
        // where this is 0, f is x itself; elsewhere `lost` corrects the rounding of 1 + x, which is up to three units in the last place of
        // the result
        V exponentSize = V.Abs(k);
        V f = V.WhereGreater(exponentSize, zero, ExponentBits.Scale(u, zero - k) + -1, x);
        V lost = V.WhereGreater(exponentSize, zero, (x - (u + -1)) / u, zero);
        return Logarithm.OrEdge(u, Logarithm.Sum(k, f, lost));
    }
}

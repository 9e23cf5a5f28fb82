using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// ln Σⱼ e^xⱼ in the form t + ln(1 + rest). t is the largest x; it is subtracted first, so nothing overflows. rest is Σ e^(xⱼ − t) over all
/// other x, added in the order of j; because it does not include the 1, a small logarithm keeps its digits.
/// </summary>
internal static class LogSumExp
{
    /// <summary>
    /// Returns the rest, and replaces x₀, x₁, … by e^(xⱼ − t). Each xⱼ is a pack, <paramref name="stride"/> after the previous one, so each
    /// lane has a sum of its own.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Replace<V>(ref double x, nuint stride, int count, out V largest) where V : struct, ILanes<V, double>
    {
        largest = V.Load(in x, 0);
        V at = V.Fill(0), rest = V.Fill(0);
        for (int j = 1; j < count; j++)
        {
            V next = V.Load(in x, (nuint)j * stride);
            at = V.WhereGreater(next, largest, V.Fill(j), at);
            largest = V.WhereGreater(next, largest, next, largest);
        }

        for (int j = 0; j < count; j++)
        {
            V exponential = Exponential.Of(V.Load(in x, (nuint)j * stride) - largest);
            V.Store(exponential, ref x, (nuint)j * stride);
            rest += Except(at, j, exponential);
        }

        return rest;
    }

    /// <summary>The number, with 0 in the lanes whose index is j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Except<V>(V index, int j, V number) where V : struct, ILanes<V, double> =>
        V.WhereGreater(V.Abs(index - V.Fill(j)), V.Fill(0), number, V.Fill(0));
}

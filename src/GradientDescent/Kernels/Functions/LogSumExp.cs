using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// ln Σⱼ e^xⱼ in two parts, t + ln(1 + rest): t is the largest x, taken off first so that nothing overflows, and rest is Σ e^(xⱼ − t) over
/// the others, so that the digits of a small logarithm are kept. Added in the order of j.
/// </summary>
internal static class LogSumExp
{
    /// <summary>
    /// Returns the rest, and replaces x₀, x₁, … by e^(xⱼ − t). Each is a pack, <paramref name="stride"/> after the one before: one sum a
    /// lane.
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

    /// <summary>The number, but 0 in the lanes whose index is j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Except<V>(V index, int j, V number) where V : struct, ILanes<V, double> =>
        V.WhereGreater(V.Abs(index - V.Fill(j)), V.Fill(0), number, V.Fill(0));
}

using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>Small functions of packs that need a comparison only.</summary>
internal static class LaneFunctions
{
    /// <summary>A size with the sign of another number: −size where the number is below 0, else size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Signed<V>(V size, V number) where V : struct, ILanes<V, double> =>
        V.WhereGreater(V.Fill(0), number, V.Fill(0) - size, size);

    /// <summary>max(x, 0); NaN where x is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PositivePart<V>(V x) where V : struct, ILanes<V, double> => V.WhereGreater(V.Fill(0), x, V.Fill(0), x);
}

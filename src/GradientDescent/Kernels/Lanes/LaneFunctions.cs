using System.Numerics;
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

    /// <summary>1, −1 or 0, the sign of each number; 0 where it is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sign<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = default, one = V.Fill(T.One);
        return V.WhereGreater(x, zero, one, V.WhereGreater(zero, x, zero - one, zero));
    }

    /// <summary>Limits each number to [lowest, highest]; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp<V, T>(V x, V lowest, V highest)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.WhereGreater(x, highest, highest, V.WhereGreater(lowest, x, lowest, x));
}

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

    /// <summary>A size with the sign of each number: size, −size or 0; 0 where the number is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V WithSign<V, T>(V size, V number)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = V.Fill(T.Zero);
        return V.WhereGreater(number, zero, size, V.WhereGreater(zero, number, zero - size, zero));
    }

    /// <summary>Limits each number to [lowest, highest]; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Clamp<V, T>(V x, V lowest, V highest)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.WhereGreater(x, highest, highest, V.WhereGreater(lowest, x, lowest, x));
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The term ε of a divisor: √s + ε, or √(s + ε) if <typeparamref name="TInRoot"/> is <see cref="On"/>.</summary>
internal readonly struct RootEpsilon<T, TInRoot>(double epsilon)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInRoot : ISwitch
{
    private readonly T _epsilon = typeof(TInRoot) == typeof(On) ? Rounding.SquaredEpsilon<T>(epsilon) : Rounding.Epsilon<T>(epsilon);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Divisor<V>(V square) where V : struct, ILanes<V, T> =>
        typeof(TInRoot) == typeof(On) ? V.Sqrt(square + _epsilon) : V.Sqrt(square) + _epsilon;
}

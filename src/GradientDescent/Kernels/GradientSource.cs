using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>Gives an update its gradient, pack by pack.</summary>
internal interface IGradientSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The elements of the gradient from an index on.</summary>
    V At<V>(nuint index) where V : struct, ILanes<V, T>;
}

/// <summary>A gradient in memory.</summary>
/// <param name="first">The first element.</param>
internal readonly ref struct GradientVector<T>(ref T first) : IGradientSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ref T _first = ref first;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V>(nuint index) where V : struct, ILanes<V, T> => V.Load(in _first, index);
}

/// <summary>A gradient whose elements are all equal.</summary>
/// <param name="value">The value of each element.</param>
internal readonly struct UniformGradient<T>(T value) : IGradientSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public V At<V>(nuint index) where V : struct, ILanes<V, T> => V.Fill(value);
}

/// <summary>
/// The gradient (0 + factor · x)/divisor of one sample with the features x, without an array. The 0 is that of a sum: −0 becomes 0.
/// </summary>
/// <typeparam name="TRow">The type of the features, double or float; parameters are double.</typeparam>
/// <param name="row">The features.</param>
/// <param name="factor">The factor of all features.</param>
/// <param name="divisor">The divisor.</param>
internal readonly ref struct RowGradient<TRow>(ReadOnlySpan<TRow> row, double factor, double divisor) : IGradientSource<double>
    where TRow : unmanaged
{
    private readonly ref TRow _first = ref MemoryMarshal.GetReference(row);
    private readonly double _factor = factor;
    private readonly double _divisor = divisor;

    /// <summary>The number of features.</summary>
    public readonly int Length = row.Length;

    /// <summary>The element of an intercept, whose feature is 1.</summary>
    public UniformGradient<double> Intercept => new((0 + _factor) / _divisor);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V>(nuint index) where V : struct, ILanes<V, double>
    {
        V product = V.Fill(0) + _factor * FeaturesAt<V>(index);
        return _divisor == 1 ? product : product / V.Fill(_divisor);
    }

    // The number of lanes is known when the method is compiled: one of the branches is left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private V FeaturesAt<V>(nuint index) where V : struct, ILanes<V, double> => V.Count switch
    {
        8 => Unsafe.BitCast<Vector512<double>, V>(AsDouble.Eight(ref _first, index)),
        4 => Unsafe.BitCast<Vector256<double>, V>(AsDouble.Four(ref _first, index)),
        2 => Unsafe.BitCast<Vector128<double>, V>(AsDouble.Two(ref _first, index)),
        _ => Unsafe.BitCast<double, V>(AsDouble.One(ref _first, index)),
    };
}

using System.Numerics;

namespace GradientDescent.Kernels;

/// <summary>
/// A pack of numbers that an update rule computes with: 512, 256 or 128 bits wide, or a single number. Every operation is one rounding of
/// IEEE 754 per element and nothing is fused, so a formula gives the same bits in every width.
/// </summary>
internal interface ILanes<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    static abstract V Load(ref readonly T source, nuint index);

    static abstract void Store(V value, ref T target, nuint index);

    static abstract V operator +(V left, V right);

    static abstract V operator -(V left, V right);

    static abstract V operator *(V left, V right);

    static abstract V operator /(V left, V right);

    static abstract V operator *(T left, V right);

    static abstract V operator +(V left, T right);

    static abstract V Fill(T value);

    static abstract V Sqrt(V value);

    static abstract V Abs(V value);

    /// <summary>left &gt; right ? whenGreater : otherwise. A comparison with NaN is false.</summary>
    static abstract V WhereGreater(V left, V right, V whenGreater, V otherwise);
}

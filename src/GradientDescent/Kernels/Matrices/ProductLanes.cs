using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// A vector of the kernel of matrix products. Unlike an <see cref="ILanes{V, T}"/>, it multiplies and adds with one rounding, which is the
/// same operation in every width; where the processor lacks it, .NET computes it in software with the same bits.
/// </summary>
internal interface IProductLanes<V, T>
    where V : struct, IProductLanes<V, T>
    where T : unmanaged
{
    static abstract int Count { get; }

    static abstract V Load(ref T source, nuint index);

    static abstract void Store(V value, ref T target, nuint index);

    static abstract V Fill(T value);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract V MultiplyAdd(V left, V right, V addend);
}

internal readonly struct ProductLanes512<T>(Vector512<T> value) : IProductLanes<ProductLanes512<T>, T>
    where T : unmanaged
{
    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    public static ProductLanes512<T> Load(ref T source, nuint index) => new(Vector512.LoadUnsafe(ref source, index));

    public static void Store(ProductLanes512<T> value, ref T target, nuint index) => value._value.StoreUnsafe(ref target, index);

    public static ProductLanes512<T> Fill(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProductLanes512<T> MultiplyAdd(ProductLanes512<T> left, ProductLanes512<T> right, ProductLanes512<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector512.FusedMultiplyAdd(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector512.FusedMultiplyAdd(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, T>());
}

internal readonly struct ProductLanes256<T>(Vector256<T> value) : IProductLanes<ProductLanes256<T>, T>
    where T : unmanaged
{
    private readonly Vector256<T> _value = value;

    public static int Count => Vector256<T>.Count;

    public static ProductLanes256<T> Load(ref T source, nuint index) => new(Vector256.LoadUnsafe(ref source, index));

    public static void Store(ProductLanes256<T> value, ref T target, nuint index) => value._value.StoreUnsafe(ref target, index);

    public static ProductLanes256<T> Fill(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProductLanes256<T> MultiplyAdd(ProductLanes256<T> left, ProductLanes256<T> right, ProductLanes256<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector256.FusedMultiplyAdd(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector256.FusedMultiplyAdd(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, T>());
}

internal readonly struct ProductLanes128<T>(Vector128<T> value) : IProductLanes<ProductLanes128<T>, T>
    where T : unmanaged
{
    private readonly Vector128<T> _value = value;

    public static int Count => Vector128<T>.Count;

    public static ProductLanes128<T> Load(ref T source, nuint index) => new(Vector128.LoadUnsafe(ref source, index));

    public static void Store(ProductLanes128<T> value, ref T target, nuint index) => value._value.StoreUnsafe(ref target, index);

    public static ProductLanes128<T> Fill(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ProductLanes128<T> MultiplyAdd(ProductLanes128<T> left, ProductLanes128<T> right, ProductLanes128<T> addend) =>
        typeof(T) == typeof(float)
            ? new(Vector128.FusedMultiplyAdd(left._value.AsSingle(), right._value.AsSingle(), addend._value.AsSingle()).As<float, T>())
            : new(Vector128.FusedMultiplyAdd(left._value.AsDouble(), right._value.AsDouble(), addend._value.AsDouble()).As<double, T>());
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

// Four widths of the same arithmetic. The types differ only in the vector they wrap; .NET offers no public abstraction over its vector
// widths.

internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _value = value;

    public static int Count => Vector512<T>.Count;

    public static Lanes512<T> Load(ref readonly T source, nuint index) => new(Vector512.LoadUnsafe(in source, index));

    public static void Store(Lanes512<T> value, ref T target, nuint index) => value._value.StoreUnsafe(ref target, index);

    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._value + right._value);

    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._value - right._value);

    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._value * right._value);

    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._value / right._value);

    public static Lanes512<T> operator *(T left, Lanes512<T> right) => new(Vector512.Create(left) * right._value);

    public static Lanes512<T> operator +(Lanes512<T> left, T right) => new(left._value + Vector512.Create(right));

    public static Lanes512<T> Fill(T value) => new(Vector512.Create(value));

    public static Lanes512<T> Sqrt(Lanes512<T> value) => new(Vector512.Sqrt(value._value));

    public static Lanes512<T> Abs(Lanes512<T> value) => new(Vector512.Abs(value._value));

    public static Lanes512<T> WhereGreater(Lanes512<T> left, Lanes512<T> right, Lanes512<T> whenGreater, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left._value, right._value), whenGreater._value, otherwise._value));
}

internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _value = value;

    public static int Count => Vector256<T>.Count;

    public static Lanes256<T> Load(ref readonly T source, nuint index) => new(Vector256.LoadUnsafe(in source, index));

    public static void Store(Lanes256<T> value, ref T target, nuint index) => value._value.StoreUnsafe(ref target, index);

    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._value + right._value);

    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left._value - right._value);

    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._value * right._value);

    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left._value / right._value);

    public static Lanes256<T> operator *(T left, Lanes256<T> right) => new(Vector256.Create(left) * right._value);

    public static Lanes256<T> operator +(Lanes256<T> left, T right) => new(left._value + Vector256.Create(right));

    public static Lanes256<T> Fill(T value) => new(Vector256.Create(value));

    public static Lanes256<T> Sqrt(Lanes256<T> value) => new(Vector256.Sqrt(value._value));

    public static Lanes256<T> Abs(Lanes256<T> value) => new(Vector256.Abs(value._value));

    public static Lanes256<T> WhereGreater(Lanes256<T> left, Lanes256<T> right, Lanes256<T> whenGreater, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left._value, right._value), whenGreater._value, otherwise._value));
}

internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _value = value;

    public static int Count => Vector128<T>.Count;

    public static Lanes128<T> Load(ref readonly T source, nuint index) => new(Vector128.LoadUnsafe(in source, index));

    public static void Store(Lanes128<T> value, ref T target, nuint index) => value._value.StoreUnsafe(ref target, index);

    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._value + right._value);

    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._value - right._value);

    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._value * right._value);

    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left._value / right._value);

    public static Lanes128<T> operator *(T left, Lanes128<T> right) => new(Vector128.Create(left) * right._value);

    public static Lanes128<T> operator +(Lanes128<T> left, T right) => new(left._value + Vector128.Create(right));

    public static Lanes128<T> Fill(T value) => new(Vector128.Create(value));

    public static Lanes128<T> Sqrt(Lanes128<T> value) => new(Vector128.Sqrt(value._value));

    public static Lanes128<T> Abs(Lanes128<T> value) => new(Vector128.Abs(value._value));

    public static Lanes128<T> WhereGreater(Lanes128<T> left, Lanes128<T> right, Lanes128<T> whenGreater, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(left._value, right._value), whenGreater._value, otherwise._value));
}

internal readonly struct ScalarLane<T>(T value) : ILanes<ScalarLane<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public static int Count => 1;

    public static ScalarLane<T> Load(ref readonly T source, nuint index) => new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    public static void Store(ScalarLane<T> value, ref T target, nuint index) => Unsafe.Add(ref target, index) = value._value;

    public static ScalarLane<T> operator +(ScalarLane<T> left, ScalarLane<T> right) => new(left._value + right._value);

    public static ScalarLane<T> operator -(ScalarLane<T> left, ScalarLane<T> right) => new(left._value - right._value);

    public static ScalarLane<T> operator *(ScalarLane<T> left, ScalarLane<T> right) => new(left._value * right._value);

    public static ScalarLane<T> operator /(ScalarLane<T> left, ScalarLane<T> right) => new(left._value / right._value);

    public static ScalarLane<T> operator *(T left, ScalarLane<T> right) => new(left * right._value);

    public static ScalarLane<T> operator +(ScalarLane<T> left, T right) => new(left._value + right);

    public static ScalarLane<T> Fill(T value) => new(value);

    public static ScalarLane<T> Sqrt(ScalarLane<T> value) => new(T.Sqrt(value._value));

    public static ScalarLane<T> Abs(ScalarLane<T> value) => new(T.Abs(value._value));

    public static ScalarLane<T> WhereGreater(ScalarLane<T> left, ScalarLane<T> right, ScalarLane<T> whenGreater, ScalarLane<T> otherwise) =>
        left._value > right._value ? whenGreater : otherwise;
}

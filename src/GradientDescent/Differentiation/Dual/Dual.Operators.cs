using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent;

// Arithmetic: the rules for sums, products and quotients.
public readonly partial struct Dual
{
    /// <summary>The number itself.</summary>
    public static Dual operator +(Dual value) => value;

    /// <summary>The number with the other sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual operator -(Dual value) => new(-value._value, -value._partials & value._dependence, value._dependence);

    /// <summary>The sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual operator +(Dual left, Dual right) =>
        new(left._value + right._value, left._partials + right._partials, left._dependence | right._dependence);

    /// <summary>The difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual operator -(Dual left, Dual right) =>
        new(left._value - right._value, left._partials - right._partials, left._dependence | right._dependence);

    /// <summary>The product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual operator *(Dual left, Dual right) =>
        Chain(left, right, left._value * right._value, right._value, left._value);

    /// <summary>The quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual operator /(Dual left, Dual right)
    {
        double value = left._value / right._value;
        return Chain(left, right, value, 1 / right._value, -value / right._value);
    }

    /// <summary>The number plus 1.</summary>
    public static Dual operator ++(Dual value) => value + One;

    /// <summary>The number minus 1.</summary>
    public static Dual operator --(Dual value) => value - One;

    private bool IsConstant => _dependence.AsInt64() == Vector512<long>.Zero;
}

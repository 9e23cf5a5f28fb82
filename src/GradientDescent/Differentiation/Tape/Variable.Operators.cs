using System.Runtime.CompilerServices;

namespace GradientDescent;

// Arithmetic. Everything is compiled into the formula. No path calls a method that returns: the compiler would then keep the numbers of
// the formula in memory, not in registers, which was measured to take three times as long.
public readonly partial struct Variable
{
    /// <summary>The number itself.</summary>
    public static Variable operator +(Variable value) => value;

    /// <summary>The number with the other sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Variable operator -(Variable value) => Chain(value, -value._value, -1, 0);

    /// <summary>The sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Variable operator +(Variable left, Variable right)
    {
        double value = left._value + right._value;
        if (right._id == 0)
            return new(value, left._id); // the same derivatives, so no node
        if (left._id == 0)
            return new(value, right._id);
        return Chain(left, right, value, TapeNode.Linear, 1, 1);
    }

    /// <summary>The difference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Variable operator -(Variable left, Variable right)
    {
        double value = left._value - right._value;
        if (right._id == 0)
            return new(value, left._id);
        if (left._id == 0)
            return Chain(right, value, -1, 0);
        return Chain(left, right, value, TapeNode.Linear, 1, -1);
    }

    /// <summary>The product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Variable operator *(Variable left, Variable right)
    {
        double value = left._value * right._value;
        if (right._id == 0)
            return Chain(left, value, right._value, 0);
        if (left._id == 0)
            return Chain(right, value, left._value, 0);
        if (left._id == right._id)
            return Chain(left, value, left._value + right._value, 2); // x², or x·(x + c): the sweep adds to one place, not twice
        return Chain(left, right, value, TapeNode.Product, right._value, left._value);
    }

    /// <summary>The quotient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Variable operator /(Variable left, Variable right)
    {
        double value = left._value / right._value, reciprocal = 1 / right._value;
        if (right._id == 0)
            return Chain(left, value, reciprocal, 0);
        double slope = -value / right._value;
        if (left._id == 0)
            return Chain(right, value, slope, -2 * slope * reciprocal);
        return Chain(left, right, value, TapeNode.Quotient, reciprocal, slope);
    }

    /// <summary>The number plus 1.</summary>
    public static Variable operator ++(Variable value) => value + One;

    /// <summary>The number minus 1.</summary>
    public static Variable operator --(Variable value) => value - One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Variable Chain(Variable left, Variable right, double value, int kind, double byLeft, double byRight) =>
        new(value, Tape.For(left._id, right._id).Add((int)left._id, (int)right._id << TapeNode.KindBits | kind, byLeft, byRight));
}

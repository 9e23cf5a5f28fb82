using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// A pack of one double: <see cref="ScalarLane{T}"/> without generic arithmetic, whose every operation is two calls to inline where this
/// takes one. The formulas of elementary functions are so long that the compiler would leave the last calls standing.
/// </summary>
internal readonly struct DoubleLane(double value) : ILanes<DoubleLane, double>
{
    private readonly double _value = value;

    public static int Count => 1;

    public static DoubleLane Load(ref readonly double source, nuint index) => new(Unsafe.Add(ref Unsafe.AsRef(in source), index));

    public static void Store(DoubleLane value, ref double target, nuint index) => Unsafe.Add(ref target, index) = value._value;

    public static DoubleLane operator +(DoubleLane left, DoubleLane right) => new(left._value + right._value);

    public static DoubleLane operator -(DoubleLane left, DoubleLane right) => new(left._value - right._value);

    public static DoubleLane operator *(DoubleLane left, DoubleLane right) => new(left._value * right._value);

    public static DoubleLane operator /(DoubleLane left, DoubleLane right) => new(left._value / right._value);

    public static DoubleLane operator *(double left, DoubleLane right) => new(left * right._value);

    public static DoubleLane operator +(DoubleLane left, double right) => new(left._value + right);

    public static DoubleLane Fill(double value) => new(value);

    public static DoubleLane Sqrt(DoubleLane value) => new(Math.Sqrt(value._value));

    public static DoubleLane Abs(DoubleLane value) => new(Math.Abs(value._value));

    public static DoubleLane WhereGreater(DoubleLane left, DoubleLane right, DoubleLane whenGreater, DoubleLane otherwise) =>
        left._value > right._value ? whenGreater : otherwise;
}

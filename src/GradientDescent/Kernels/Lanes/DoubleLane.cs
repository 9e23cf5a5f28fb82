using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// A pack of one double, without the generic arithmetic of <see cref="ScalarLane{T}"/>: there the compiler has to inline two calls for each
/// operation, here one. In the long formulas of elementary functions it would not inline the last calls.
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

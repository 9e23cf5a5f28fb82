using System.Numerics;

namespace GradientDescent;

// Operations that change only the value, or only its sign, and remainders.
internal partial interface IDifferentiable<TSelf>
{
    // Piecewise constant: the derivative is 0, also at the jumps.
    static TSelf IFloatingPoint<TSelf>.Ceiling(TSelf x) => TSelf.Constant(double.Ceiling(x.Value));

    static TSelf IFloatingPoint<TSelf>.Floor(TSelf x) => TSelf.Constant(double.Floor(x.Value));

    static TSelf IFloatingPoint<TSelf>.Truncate(TSelf x) => TSelf.Constant(double.Truncate(x.Value));

    static TSelf IFloatingPoint<TSelf>.Round(TSelf x) => TSelf.Constant(double.Round(x.Value));

    static TSelf IFloatingPoint<TSelf>.Round(TSelf x, int digits) => TSelf.Constant(double.Round(x.Value, digits));

    static TSelf IFloatingPoint<TSelf>.Round(TSelf x, MidpointRounding mode) => TSelf.Constant(double.Round(x.Value, mode));

    static TSelf IFloatingPoint<TSelf>.Round(TSelf x, int digits, MidpointRounding mode) =>
        TSelf.Constant(double.Round(x.Value, digits, mode));

    static TSelf IFloatingPointIeee754<TSelf>.BitDecrement(TSelf x) => TSelf.Chain(x, double.BitDecrement(x.Value), 1, 0);

    static TSelf IFloatingPointIeee754<TSelf>.BitIncrement(TSelf x) => TSelf.Chain(x, double.BitIncrement(x.Value), 1, 0);

    static TSelf IFloatingPointIeee754<TSelf>.ScaleB(TSelf x, int n) =>
        TSelf.Chain(x, double.ScaleB(x.Value, n), double.ScaleB(1, n), 0);

    static TSelf IFloatingPointIeee754<TSelf>.Ieee754Remainder(TSelf left, TSelf right)
    {
        double value = double.Ieee754Remainder(left.Value, right.Value);
        return TSelf.Chain(left, right, value, new() { X = 1, Y = double.Round((value - left.Value) / right.Value) });
    }

    static TSelf IFloatingPointIeee754<TSelf>.FusedMultiplyAdd(TSelf left, TSelf right, TSelf addend) =>
        TSelf.Chain(left * right + addend, double.FusedMultiplyAdd(left.Value, right.Value, addend.Value), 1, 0);

    static TSelf INumber<TSelf>.CopySign(TSelf value, TSelf sign) =>
        double.IsNegative(value.Value) == double.IsNegative(sign.Value) ? value : -value;

    static int INumber<TSelf>.Sign(TSelf value) => double.Sign(value.Value);

    static TSelf INumberBase<TSelf>.MaxMagnitude(TSelf x, TSelf y) => Selected(x, y, double.MaxMagnitude(x.Value, y.Value));

    static TSelf INumberBase<TSelf>.MaxMagnitudeNumber(TSelf x, TSelf y) => Selected(x, y, double.MaxMagnitudeNumber(x.Value, y.Value));

    static TSelf INumberBase<TSelf>.MinMagnitude(TSelf x, TSelf y) => Selected(x, y, double.MinMagnitude(x.Value, y.Value));

    static TSelf INumberBase<TSelf>.MinMagnitudeNumber(TSelf x, TSelf y) => Selected(x, y, double.MinMagnitudeNumber(x.Value, y.Value));

    static TSelf INumber<TSelf>.MaxNumber(TSelf x, TSelf y) => Selected(x, y, double.MaxNumber(x.Value, y.Value));

    static TSelf INumber<TSelf>.MinNumber(TSelf x, TSelf y) => Selected(x, y, double.MinNumber(x.Value, y.Value));

    /// <summary>The one of two numbers that has the given value; the mean of their derivatives if both have it.</summary>
    protected static TSelf Selected(TSelf x, TSelf y, double value)
    {
        if (double.IsNaN(value))
            return TSelf.Chain(x, y, value, new() { X = double.NaN, Y = double.NaN });
        if (x.Value == y.Value)
            return TSelf.Chain(x, y, value, new() { X = 0.5, Y = 0.5 });
        return x.Value == value ? x : y;
    }
}

using System.Numerics;

namespace GradientDescent;

// Properties of the value, and constants. Nothing here has a derivative.
internal partial interface IDifferentiable<TSelf>
{
    static int INumberBase<TSelf>.Radix => 2;

    static TSelf IAdditiveIdentity<TSelf, TSelf>.AdditiveIdentity => TSelf.Constant(0);

    static TSelf IMultiplicativeIdentity<TSelf, TSelf>.MultiplicativeIdentity => TSelf.Constant(1);

    static TSelf ISignedNumber<TSelf>.NegativeOne => TSelf.Constant(-1);

    static TSelf IFloatingPointConstants<TSelf>.E => TSelf.Constant(double.E);

    static TSelf IFloatingPointConstants<TSelf>.Pi => TSelf.Constant(double.Pi);

    static TSelf IFloatingPointConstants<TSelf>.Tau => TSelf.Constant(double.Tau);

    static TSelf IFloatingPointIeee754<TSelf>.Epsilon => TSelf.Constant(double.Epsilon);

    static TSelf IFloatingPointIeee754<TSelf>.NaN => TSelf.Constant(double.NaN);

    static TSelf IFloatingPointIeee754<TSelf>.NegativeInfinity => TSelf.Constant(double.NegativeInfinity);

    static TSelf IFloatingPointIeee754<TSelf>.NegativeZero => TSelf.Constant(double.NegativeZero);

    static TSelf IFloatingPointIeee754<TSelf>.PositiveInfinity => TSelf.Constant(double.PositiveInfinity);

    static bool INumberBase<TSelf>.IsCanonical(TSelf value) => true;

    static bool INumberBase<TSelf>.IsComplexNumber(TSelf value) => false;

    static bool INumberBase<TSelf>.IsEvenInteger(TSelf value) => double.IsEvenInteger(value.Value);

    static bool INumberBase<TSelf>.IsFinite(TSelf value) => double.IsFinite(value.Value);

    static bool INumberBase<TSelf>.IsImaginaryNumber(TSelf value) => false;

    static bool INumberBase<TSelf>.IsInfinity(TSelf value) => double.IsInfinity(value.Value);

    static bool INumberBase<TSelf>.IsInteger(TSelf value) => double.IsInteger(value.Value);

    static bool INumberBase<TSelf>.IsNaN(TSelf value) => double.IsNaN(value.Value);

    static bool INumberBase<TSelf>.IsNegative(TSelf value) => double.IsNegative(value.Value);

    static bool INumberBase<TSelf>.IsNegativeInfinity(TSelf value) => double.IsNegativeInfinity(value.Value);

    static bool INumberBase<TSelf>.IsNormal(TSelf value) => double.IsNormal(value.Value);

    static bool INumberBase<TSelf>.IsOddInteger(TSelf value) => double.IsOddInteger(value.Value);

    static bool INumberBase<TSelf>.IsPositive(TSelf value) => double.IsPositive(value.Value);

    static bool INumberBase<TSelf>.IsPositiveInfinity(TSelf value) => double.IsPositiveInfinity(value.Value);

    static bool INumberBase<TSelf>.IsRealNumber(TSelf value) => double.IsRealNumber(value.Value);

    static bool INumberBase<TSelf>.IsSubnormal(TSelf value) => double.IsSubnormal(value.Value);

    static bool INumberBase<TSelf>.IsZero(TSelf value) => value.Value == 0;

    static int IFloatingPointIeee754<TSelf>.ILogB(TSelf x) => double.ILogB(x.Value);

    int IFloatingPoint<TSelf>.GetExponentByteCount() => Bits.GetExponentByteCount();

    int IFloatingPoint<TSelf>.GetExponentShortestBitLength() => Bits.GetExponentShortestBitLength();

    int IFloatingPoint<TSelf>.GetSignificandBitLength() => Bits.GetSignificandBitLength();

    int IFloatingPoint<TSelf>.GetSignificandByteCount() => Bits.GetSignificandByteCount();

    bool IFloatingPoint<TSelf>.TryWriteExponentBigEndian(Span<byte> destination, out int bytesWritten) =>
        Bits.TryWriteExponentBigEndian(destination, out bytesWritten);

    bool IFloatingPoint<TSelf>.TryWriteExponentLittleEndian(Span<byte> destination, out int bytesWritten) =>
        Bits.TryWriteExponentLittleEndian(destination, out bytesWritten);

    bool IFloatingPoint<TSelf>.TryWriteSignificandBigEndian(Span<byte> destination, out int bytesWritten) =>
        Bits.TryWriteSignificandBigEndian(destination, out bytesWritten);

    bool IFloatingPoint<TSelf>.TryWriteSignificandLittleEndian(Span<byte> destination, out int bytesWritten) =>
        Bits.TryWriteSignificandLittleEndian(destination, out bytesWritten);

    private IFloatingPoint<double> Bits => Value;
}

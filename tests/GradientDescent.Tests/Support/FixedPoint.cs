using System.Numerics;

namespace GradientDescent.Tests.Support;

/// <summary>
/// A whole number of units of 2⁻³²⁰: 96 decimal places, and as many before the point as it takes. A double of at least 2⁻²⁶⁸ is held
/// exactly.
/// </summary>
internal readonly record struct FixedPoint(BigInteger Units) : IComparable<FixedPoint>
{
    private const int Places = 320;

    public static FixedPoint Zero => default;

    public static FixedPoint One { get; } = new(BigInteger.One << Places);

    public int Sign => Units.Sign;

    public static implicit operator FixedPoint(double value)
    {
        (BigInteger mantissa, int exponent) = Dyadic.Of(value);
        return Of(mantissa, exponent);
    }

    public static FixedPoint Of(Dyadic value) => Of(value.Mantissa, value.Exponent);

    public static FixedPoint operator +(FixedPoint a, FixedPoint b) => new(a.Units + b.Units);

    public static FixedPoint operator -(FixedPoint a, FixedPoint b) => new(a.Units - b.Units);

    public static FixedPoint operator *(FixedPoint a, FixedPoint b) => new(a.Units * b.Units >> Places);

    public static FixedPoint operator /(FixedPoint a, FixedPoint b) => new((a.Units << Places) / b.Units);

    public static FixedPoint Max(FixedPoint a, FixedPoint b) => a.Units >= b.Units ? a : b;

    public static FixedPoint Min(FixedPoint a, FixedPoint b) => a.Units <= b.Units ? a : b;

    public static FixedPoint Abs(FixedPoint a) => new(BigInteger.Abs(a.Units));

    /// <summary>Heron's iteration on whole numbers, from above; it ends at the root rounded down.</summary>
    public static FixedPoint Sqrt(FixedPoint a)
    {
        if (a.Sign == 0)
            return Zero;
        BigInteger square = a.Units << Places;
        int excess = Math.Max(((int)square.GetBitLength() - 100) & ~1, 0);
        // 15 digits to begin with
        BigInteger root = (BigInteger)Math.Ceiling(Math.Sqrt((double)(square >> excess)) * (1 + 1e-14)) + 1 << excess / 2;
        while (true)
        {
            BigInteger better = root + square / root >> 1;
            if (better >= root)
                return new(root);
            root = better;
        }
    }

    public static FixedPoint Norm(IEnumerable<FixedPoint> vector) => Sqrt(vector.Aggregate(Zero, (sum, x) => sum + x * x));

    /// <summary>Newton's iteration for a ≥ 0, from the nearest double: 53 digits, then 106, 212 and 424.</summary>
    public static FixedPoint Cbrt(FixedPoint a)
    {
        if (a.Sign == 0)
            return Zero;
        FixedPoint root = Math.Cbrt(a.ToDouble());
        for (int i = 0; i < 4; i++)
            root = (2 * root + a / (root * root)) / 3;
        return root;
    }

    public Dyadic ToDyadic() => new(Units, -Places);

    public int CompareTo(FixedPoint other) => Units.CompareTo(other.Units);

    public double ToDouble() => Units.IsZero ? 0 : ToDyadic().Approximate();

    private static FixedPoint Of(BigInteger mantissa, int exponent) =>
        new(exponent >= -Places ? mantissa << exponent + Places : mantissa >> -exponent - Places);
}

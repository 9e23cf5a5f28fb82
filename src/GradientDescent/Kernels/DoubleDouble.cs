using System.Runtime.CompilerServices;

namespace GradientDescent.Kernels;

/// <summary>
/// The number High + Low, where |Low| is at most half a unit in the last place of High: about 32 digits in the range of a double.
/// </summary>
/// <remarks>
/// Error-free sums and products: Dekker, "A floating-point technique for extending the available precision", 1971; Knuth, "The Art of
/// Computer Programming" 2, 4.2.2. Arithmetic in pairs: Hida, Li and Bailey, "Algorithms for quad-double precision floating point
/// arithmetic", ARITH 2001. The variants here are those of Joldes, Muller and Popescu, "Tight and rigorous error bounds for basic building
/// blocks of double-word arithmetic", ACM TOMS 44, 2017, with the numbers and relative errors of that paper, u = 2⁻⁵³. The bounds hold if
/// nothing overflows and no error of a product is below the subnormal numbers, which is possible for products below 2⁻⁹⁶⁹. A number that is
/// not finite gives NaN.
/// </remarks>
internal readonly struct DoubleDouble
{
    private DoubleDouble(double high, double low) => (High, Low) = (high, low);

    /// <summary>The double nearest to the number.</summary>
    public double High { get; }

    /// <summary>The number minus <see cref="High"/>.</summary>
    public double Low { get; }

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>Returns a + b, exactly: Knuth's TwoSum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b, bPart = sum - a;
        return new(sum, (a - (sum - bPart)) + (b - bPart));
    }

    /// <summary>Returns a · b, exactly: one fused multiply-add gives the product's error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(double a, double b)
    {
        double product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    public static DoubleDouble operator -(DoubleDouble x) => new(-x.High, -x.Low);

    /// <summary>Algorithm 4; its relative error is at most 2u².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble x, double y)
    {
        DoubleDouble s = Sum(x.High, y);
        return Ordered(s.High, x.Low + s.Low);
    }

    /// <summary>Algorithm 6; its relative error is at most 3u²/(1 − 4u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        DoubleDouble s = Sum(x.High, y.High), t = Sum(x.Low, y.Low);
        DoubleDouble v = Ordered(s.High, s.Low + t.High);
        return Ordered(v.High, t.Low + v.Low);
    }

    public static DoubleDouble operator -(DoubleDouble x, double y) => x + -y;

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + -y;

    /// <summary>Algorithm 9; its relative error is at most 2u².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble x, double y)
    {
        DoubleDouble c = Product(x.High, y);
        return Ordered(c.High, Math.FusedMultiplyAdd(x.Low, y, c.Low));
    }

    /// <summary>Algorithm 12; its relative error is at most 5u².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        DoubleDouble c = Product(x.High, y.High);
        double cross = Math.FusedMultiplyAdd(x.Low, y.High, Math.FusedMultiplyAdd(x.High, y.Low, x.Low * y.Low));
        return Ordered(c.High, c.Low + cross);
    }

    /// <summary>Algorithm 17 with the product of Algorithm 9 inside; its relative error is at most 16u².</summary>
    public static DoubleDouble operator /(DoubleDouble x, DoubleDouble y)
    {
        double quotient = x.High / y.High;
        DoubleDouble r = y * quotient;
        return Ordered(quotient, ((x.High - r.High) + (x.Low - r.Low)) / y.High);
    }

    /// <summary>Returns x · 2^<paramref name="exponent"/>; exact if no part becomes subnormal.</summary>
    public DoubleDouble Scaled(int exponent) => new(Math.ScaleB(High, exponent), Math.ScaleB(Low, exponent));

    /// <summary>Returns a + b for |a| ≥ |b| or a = 0, exactly: Dekker's Fast2Sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleDouble Ordered(double a, double b)
    {
        double sum = a + b;
        return new(sum, b - (sum - a));
    }
}

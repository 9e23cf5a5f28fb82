using System.Numerics;

namespace GradientDescent.Tests.Support;

/// <summary>
/// mantissa · 2^exponent with an integer of any length: sums and products are exact, so that errors of doubles can be measured.
/// </summary>
internal readonly record struct Dyadic(BigInteger Mantissa, int Exponent)
{
    private const int Bits = 260;

    public static Dyadic Ln2 { get; } = TwoArtanh(Of(1) / Of(3));

    /// <summary>Machin: π = 16 arctan(1/5) − 4 arctan(1/239).</summary>
    public static Dyadic Pi { get; } = Of(16) * ArcTangentOfInverse(5) - Of(4) * ArcTangentOfInverse(239);

    public static Dyadic Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        long mantissa = exponent == 0 ? fraction : fraction | 1L << 52;
        return new(bits < 0 ? -mantissa : mantissa, Math.Max(exponent, 1) - 1075);
    }

    public static Dyadic operator +(Dyadic a, Dyadic b)
    {
        int exponent = Math.Min(a.Exponent, b.Exponent);
        return new((a.Mantissa << (a.Exponent - exponent)) + (b.Mantissa << (b.Exponent - exponent)), exponent);
    }

    public static Dyadic operator -(Dyadic a, Dyadic b) => a + new Dyadic(-b.Mantissa, b.Exponent);

    public static Dyadic operator *(Dyadic a, Dyadic b) => new(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent);

    /// <summary>To <see cref="Bits"/> bits.</summary>
    public static Dyadic operator /(Dyadic a, Dyadic b)
    {
        int shift = Math.Max(0, Bits + (int)b.Mantissa.GetBitLength() - (int)a.Mantissa.GetBitLength());
        return new Dyadic((a.Mantissa << shift) / b.Mantissa, a.Exponent - b.Exponent - shift);
    }

    public static bool operator <=(Dyadic a, Dyadic b) => (a - b).Mantissa.Sign <= 0;

    public static bool operator >=(Dyadic a, Dyadic b) => b <= a;

    public Dyadic Abs() => new(BigInteger.Abs(Mantissa), Exponent);

    public Dyadic Scaled(int powerOfTwo) => new(Mantissa, Exponent + powerOfTwo);

    /// <summary>Near enough for ratios and for rounding to a whole number.</summary>
    public double Approximate()
    {
        int excess = (int)Mantissa.GetBitLength() - 60;
        return Math.ScaleB((double)(Mantissa >> excess), Exponent + excess);
    }

    /// <summary>|actual − this| in units of the last place of a double of this size.</summary>
    public double UlpsFrom(double actual)
    {
        int exponent = Mantissa.IsZero ? -1022 : Math.Max((int)Mantissa.GetBitLength() - 1 + Exponent, -1022);
        return (Of(actual) - this).Abs().Scaled(52 - exponent).Approximate();
    }

    public static Dyadic Exp(Dyadic x)
    {
        int k = (int)Math.Round(x.Approximate() / 0.6931471805599453);
        Dyadic r = (x - Of(k) * Ln2).Short();
        Dyadic sum = Of(1), term = Of(1);
        for (int n = 1; n < 80; n++)
        {
            term = (term * r / Of(n)).Short();
            sum += term;
        }

        return sum.Short().Scaled(k);
    }

    /// <summary>For x &gt; 0: x = 2ᵉ·m with m in [0.7, 1.4).</summary>
    public static Dyadic Log(Dyadic x)
    {
        int e = (int)x.Mantissa.GetBitLength() + x.Exponent;
        if (x.Scaled(-e) <= Of(0.7))
            e--;
        Dyadic m = x.Scaled(-e);
        return Of(e) * Ln2 + TwoArtanh((m - Of(1)) / (m + Of(1)));
    }

    public static Dyadic CosPi(double x)
    {
        Dyadic t = Of(x);
        t -= Of(2 * Math.Round(x / 2));
        Dyadic square = (Pi * t * Pi * t).Short();
        Dyadic sum = Of(1), term = Of(1);
        for (int n = 2; n < 100; n += 2)
        {
            term = (term * square / Of(-n * (n - 1))).Short();
            sum += term;
        }

        return sum;
    }

    private Dyadic Short()
    {
        int excess = (int)Mantissa.GetBitLength() - Bits;
        return excess <= 0 ? this : new(Mantissa >> excess, Exponent + excess);
    }

    /// <summary>2(s + s³/3 + s⁵/5 + …) for |s| &lt; 0.4.</summary>
    private static Dyadic TwoArtanh(Dyadic s)
    {
        Dyadic square = (s * s).Short();
        Dyadic sum = new(0, 0), power = s;
        for (int odd = 1; odd < 2 * 110; odd += 2)
        {
            sum += power / Of(odd);
            power = (power * square).Short();
        }

        return sum.Scaled(1).Short();
    }

    private static Dyadic ArcTangentOfInverse(int n)
    {
        Dyadic power = Of(1) / Of(n), square = Of(n * n);
        Dyadic sum = new(0, 0);
        for (int odd = 1; odd < 2 * 64; odd += 2)
        {
            sum += power / Of(odd % 4 == 1 ? odd : -odd);
            power /= square;
        }

        return sum;
    }
}

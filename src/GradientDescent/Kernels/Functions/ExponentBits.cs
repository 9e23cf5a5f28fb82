using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GradientDescent.Kernels;

/// <summary>
/// Powers of two in packs of doubles. Exponents are read and written as integers, which is exact and the same in every width.
/// </summary>
internal static class ExponentBits
{
    private const int FractionLength = 52;
    private const int Bias = 1023;

    // Doubles from 2⁵² to 2⁵³ are 1 apart: if a small whole number is added there, the last bits of the sum are that number as an integer.
    // The factor 1.5 allows for negative numbers.
    private const double TwoTo52 = 1L << FractionLength;
    private const double WholeNumbers = 1.5 * TwoTo52;
    private const long BitsOfTwoTo52 = (long)(FractionLength + Bias) << FractionLength;

    // The bits of 1 minus the bits of √½. If they are added to the bits of a number, its exponent changes at 2ᵏ·√½ instead of 2ᵏ.
    private const long BitsFromRootHalfToOne = 0x3FF0000000000000 - 0x3FE6A09E667F3BCD;

    /// <summary>The nearest whole number, ties to even; |x| below 2⁵¹.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Round<V>(V x) where V : struct, ILanes<V, double> => x + WholeNumbers + -WholeNumbers;

    /// <summary>
    /// x·2ᵏ for a whole |k| ≤ 2044, in two factors, because 2ᵏ may not be a double. The first product is exact for x near 1, so a subnormal
    /// result is rounded once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<V>(V x, V k) where V : struct, ILanes<V, double>
    {
        V half = Round(0.5 * k);
        return x * PowerOfTwo(half) * PowerOfTwo(k - half);
    }

    /// <summary>The k of x = 2ᵏ·m with m in [√½, √2), for a normal x &gt; 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exponent<V>(V x) where V : struct, ILanes<V, double>
    {
        V shifted = V.Count switch
        {
            8 => Unsafe.BitCast<Vector512<long>, V>(
                ((Unsafe.BitCast<V, Vector512<long>>(x) + Vector512.Create(BitsFromRootHalfToOne)) >>> FractionLength)
                    + Vector512.Create(BitsOfTwoTo52)),
            4 => Unsafe.BitCast<Vector256<long>, V>(
                ((Unsafe.BitCast<V, Vector256<long>>(x) + Vector256.Create(BitsFromRootHalfToOne)) >>> FractionLength)
                    + Vector256.Create(BitsOfTwoTo52)),
            2 => Unsafe.BitCast<Vector128<long>, V>(
                ((Unsafe.BitCast<V, Vector128<long>>(x) + Vector128.Create(BitsFromRootHalfToOne)) >>> FractionLength)
                    + Vector128.Create(BitsOfTwoTo52)),
            _ => Unsafe.BitCast<long, V>(((Unsafe.BitCast<V, long>(x) + BitsFromRootHalfToOne) >>> FractionLength) + BitsOfTwoTo52),
        };
        return shifted + -(TwoTo52 + Bias);
    }

    /// <summary>2ᵏ for a whole |k| ≤ 1022.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<V>(V k) where V : struct, ILanes<V, double>
    {
        V biased = k + (WholeNumbers + Bias);
        return V.Count switch
        {
            8 => Unsafe.BitCast<Vector512<long>, V>(Unsafe.BitCast<V, Vector512<long>>(biased) << FractionLength),
            4 => Unsafe.BitCast<Vector256<long>, V>(Unsafe.BitCast<V, Vector256<long>>(biased) << FractionLength),
            2 => Unsafe.BitCast<Vector128<long>, V>(Unsafe.BitCast<V, Vector128<long>>(biased) << FractionLength),
            _ => Unsafe.BitCast<long, V>(Unsafe.BitCast<V, long>(biased) << FractionLength),
        };
    }
}

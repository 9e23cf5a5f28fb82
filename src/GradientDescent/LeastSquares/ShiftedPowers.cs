using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The powers of t = (x − c)·2⁻ᵉ, and their expansion in powers of x. c is the middle of the range of x, and |t| ≤ 1 on this range. If x
/// varies little compared with its size, the powers of x are nearly multiples of each other; the powers of t are not.
/// </summary>
internal sealed class ShiftedPowers
{
    private readonly double _center;
    private readonly int _exponent;

    /// <param name="low">The smallest x.</param>
    /// <param name="high">The largest x.</param>
    public ShiftedPowers(double low, double high)
    {
        _center = low / 2 + high / 2;
        PlainExponent = ExponentOf(Math.Max(Math.Abs(low), Math.Abs(high)));
        _exponent = low < high ? ExponentOf(Math.Max(high / 2 - _center / 2, _center / 2 - low / 2)) + 1 : PlainExponent;
    }

    /// <summary>The exponent p for which all x·2⁻ᵖ are between −1 and 1.</summary>
    public int PlainExponent { get; }

    /// <summary>Returns t at x; exact if nothing underflows.</summary>
    public DoubleDouble Of(double x) => DoubleDouble.Sum(Math.ScaleB(x, -_exponent), -Math.ScaleB(_center, -_exponent));

    /// <summary>Writes the powers t, t², … of t at x, as many as there is room for.</summary>
    public void Write(double x, Span<DoubleDouble> powers)
    {
        DoubleDouble t = powers[0] = Of(x);
        for (int k = 1; k < powers.Length; k++)
            powers[k] = powers[k - 1] * t;
    }

    /// <summary>
    /// Returns the matrix M with tʲ = Σₖ Mₖⱼ·Xᵏ, by expanding the powers of t = (X − C)·2ˢ. X and C are x and c times
    /// 2^−<see cref="PlainExponent"/>.
    /// </summary>
    public DoubleDouble[][] InPlainPowers(int degree)
    {
        DoubleDouble shift = -Math.ScaleB(_center, -PlainExponent);
        int scale = PlainExponent - _exponent;
        DoubleDouble[][] plain = [.. Enumerable.Range(0, degree + 1).Select(_ => new DoubleDouble[degree + 1])];
        plain[0][0] = 1.0;
        for (int j = 1; j <= degree; j++)
        {
            for (int k = 0; k <= j; k++) // tʲ = tʲ⁻¹·(X − C)·2ˢ
                plain[k][j] = (plain[k][j - 1] * shift + (k == 0 ? 0.0 : plain[k - 1][j - 1])).Scaled(scale);
        }

        return plain;
    }

    /// <summary>Returns the smallest e with magnitude &lt; 2ᵉ; 0 for a magnitude of 0.</summary>
    public static int ExponentOf(double magnitude) => magnitude == 0 ? 0 : Math.ILogB(magnitude) + 1;
}

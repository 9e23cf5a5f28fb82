namespace GradientDescent.Kernels;

/// <summary>ln 2 in two parts; the first has 21 trailing zero bits, so that k·High is exact for every exponent k of a double.</summary>
internal static class LogOfTwo
{
    public const double High = 0.693147180369123816490;
    public const double Low = 1.90821492927058770002e-10;
    public const double Inverse = 1.44269504088896340736;
}

using MathNet.Numerics;

namespace GradientDescent.Numerics;

/// <summary>
/// The normal distribution, and Student's t and Fisher's F distributions, the latter from the regularised incomplete beta function I, in
/// forms that keep the digits of small probabilities.
/// </summary>
/// <remarks>
/// NIST Digital Library of Mathematical Functions, 8.17; Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.6.2, 26.7.1.
/// </remarks>
internal static class Distributions
{
    /// <summary>Returns P(|T| ≥ |t|) = I(ν/(ν + t²); ν/2, ½); NaN without degrees of freedom.</summary>
    public static double StudentTwoSided(double t, int degreesOfFreedom)
    {
        if (double.IsNaN(t) || degreesOfFreedom < 1)
            return double.NaN;
        double ratio = Math.Abs(t) / Math.Sqrt(degreesOfFreedom); // if its square overflows, the probability is 0 anyway
        return Beta(degreesOfFreedom / 2.0, 0.5, 1 / (1 + ratio * ratio), ratio * ratio / (1 + ratio * ratio));
    }

    /// <summary>Returns the t with P(|T| ≥ t) = <paramref name="probability"/>, by bisection; NaN without degrees of freedom.</summary>
    public static double StudentQuantile(double probability, int degreesOfFreedom) =>
        degreesOfFreedom < 1 ? double.NaN : Quantile(probability, t => StudentTwoSided(t, degreesOfFreedom));

    /// <summary>Returns P(|Z| ≥ |z|) = erfc(|z|/√2).</summary>
    public static double NormalTwoSided(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>Returns the z with P(|Z| ≥ z) = <paramref name="probability"/>, by bisection.</summary>
    public static double NormalQuantile(double probability) => Quantile(probability, NormalTwoSided);

    /// <summary>Returns P(F ≥ f) = I(d₂/(d₂ + d₁f); d₂/2, d₁/2); NaN without degrees of freedom.</summary>
    public static double FisherUpper(double f, int numerator, int denominator)
    {
        if (double.IsNaN(f) || numerator < 1 || denominator < 1)
            return double.NaN;
        double ratio = numerator * (Math.Max(f, 0) / denominator);
        return Beta(denominator / 2.0, numerator / 2.0, 1 / (1 + ratio), ratio / (1 + ratio));
    }

    private static double Quantile(double probability, Func<double, double> twoSided)
    {
        double low = 0, high = 1;
        while (twoSided(high) > probability && high < double.MaxValue / 2)
            (low, high) = (high, 2 * high);
        while (low + (high - low) / 2 is var middle && middle > low && middle < high)
        {
            if (twoSided(middle) > probability)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    /// <summary>
    /// Returns I(x; a, b), computed from x and 1 − x so that no digits of either are lost. Only values above about one half, for x above
    /// the mean a/(a + b), are computed as a difference.
    /// </summary>
    private static double Beta(double a, double b, double x, double complement) =>
        x <= a / (a + b) ? SpecialFunctions.BetaRegularized(a, b, x) : 1 - SpecialFunctions.BetaRegularized(b, a, complement);
}

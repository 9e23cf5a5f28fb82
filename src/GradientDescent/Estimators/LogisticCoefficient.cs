using System.Collections.Immutable;
using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>
/// A coefficient of a logistic regression, or of a class of a softmax regression against a base class, with its standard error,
/// z-statistic, p-value and odds ratio.
/// </summary>
public sealed class LogisticCoefficient
{
    internal LogisticCoefficient(string name, double estimate, double standardError) =>
        (Name, Estimate, StandardError) = (name, estimate, standardError);

    /// <summary>The feature's name, or <c>(intercept)</c>.</summary>
    public string Name { get; }

    /// <summary>The estimated coefficient: the change of the log-odds per unit of the feature.</summary>
    public double Estimate { get; }

    /// <summary>The standard error of <see cref="Estimate"/>, in the same unit; NaN if it is not determined.</summary>
    public double StandardError { get; }

    /// <summary>Wald's z = <see cref="Estimate"/> / <see cref="StandardError"/>.</summary>
    public double ZStatistic => Estimate / StandardError;

    /// <summary>The two-sided p-value of <see cref="ZStatistic"/> by the normal distribution, valid for many samples.</summary>
    public double PValue => Distributions.NormalTwoSided(ZStatistic);

    /// <summary>e to the power of <see cref="Estimate"/>: the factor on the odds per unit of the feature.</summary>
    public double OddsRatio => Elementary.Exp(Estimate);

    /// <summary>
    /// Returns Wald's confidence interval <see cref="Estimate"/> ± q · <see cref="StandardError"/>, where a normal |z| is at most q with
    /// probability <paramref name="level"/>.
    /// </summary>
    /// <param name="level">The probability that such an interval contains the true coefficient, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is NaN, at most 0, or at least 1.</exception>
    public (double Lower, double Upper) ConfidenceInterval(double level = 0.95)
    {
        double reach = Distributions.NormalQuantile(1 - Guard.Between(level, 0, 1)) * StandardError;
        return (Estimate - reach, Estimate + reach);
    }

    /// <summary>Returns the confidence interval of <see cref="OddsRatio"/>: e to the power of both ends.</summary>
    /// <inheritdoc cref="ConfidenceInterval"/>
    public (double Lower, double Upper) OddsRatioInterval(double level = 0.95)
    {
        (double lower, double upper) = ConfidenceInterval(level);
        return (Elementary.Exp(lower), Elementary.Exp(upper));
    }

    /// <summary>Returns a table: a line of headings and a line for each coefficient; each ends with \n.</summary>
    internal static string TableOf(ImmutableArray<LogisticCoefficient> coefficients) => CoefficientTable.Of(
        coefficients,
        c => c.Name,
        ("estimate", 13, "G6", c => c.Estimate),
        ("std. error", 13, "G6", c => c.StandardError),
        ("z", 11, "G5", c => c.ZStatistic),
        ("p", 10, "G3", c => c.PValue),
        ("odds ratio", 13, "G6", c => c.OddsRatio));

    /// <summary>Returns the name, the estimate and the standard error as text.</summary>
    public override string ToString() => Format.Text($"{Name}: {Estimate:G6} ± {StandardError:G3}");
}

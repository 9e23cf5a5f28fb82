using System.Collections.Immutable;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>A coefficient of a regression with its standard error, t-statistic and p-value.</summary>
public sealed class CoefficientStatistics
{
    private readonly int _degreesOfFreedom;

    internal CoefficientStatistics(string name, double estimate, double standardError, int degreesOfFreedom)
    {
        (Name, Estimate, StandardError, _degreesOfFreedom) = (name, estimate, standardError, degreesOfFreedom);
        PValue = Distributions.StudentTwoSided(TStatistic, degreesOfFreedom);
    }

    /// <summary>The name of the feature or parameter, or <c>(intercept)</c>.</summary>
    public string Name { get; }

    /// <summary>The estimated coefficient, in units of the target per unit of the feature; a parameter in its own units.</summary>
    public double Estimate { get; }

    /// <summary>The standard error of <see cref="Estimate"/>, in the same units; NaN if it is not determined.</summary>
    public double StandardError { get; }

    /// <summary>t = <see cref="Estimate"/> / <see cref="StandardError"/>.</summary>
    public double TStatistic => Estimate / StandardError;

    /// <summary>
    /// The two-sided p-value: the probability that |t| is at least as large, if the coefficient is 0 and the errors are normal.
    /// </summary>
    public double PValue { get; }

    /// <summary>
    /// Returns the confidence interval <see cref="Estimate"/> ± q · <see cref="StandardError"/>, where Student's |t| is at most q with
    /// probability <paramref name="level"/>.
    /// </summary>
    /// <param name="level">The probability that such an interval contains the true coefficient, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is NaN, at most 0, or at least 1.</exception>
    public (double Lower, double Upper) ConfidenceInterval(double level = 0.95)
    {
        double reach = Distributions.StudentQuantile(1 - Guard.Between(level, 0, 1), _degreesOfFreedom) * StandardError;
        return (Estimate - reach, Estimate + reach);
    }

    /// <summary>Returns a table: a line of headings and a line for each coefficient; each ends with \n.</summary>
    internal static string TableOf(ImmutableArray<CoefficientStatistics> coefficients) => CoefficientTable.Of(
        coefficients,
        c => c.Name,
        ("estimate", 13, "G6", c => c.Estimate),
        ("std. error", 13, "G6", c => c.StandardError),
        ("t", 11, "G5", c => c.TStatistic),
        ("p", 10, "G3", c => c.PValue));

    /// <summary>Returns the name, the estimate and the standard error as text.</summary>
    public override string ToString() => Format.Text($"{Name}: {Estimate:G6} ± {StandardError:G3}");
}

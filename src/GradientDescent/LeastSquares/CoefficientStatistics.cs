using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>How well a coefficient is known.</summary>
public sealed record CoefficientStatistics
{
    private readonly int _degreesOfFreedom;

    internal CoefficientStatistics(string name, double estimate, double standardError, int degreesOfFreedom)
    {
        (Name, Estimate, StandardError, _degreesOfFreedom) = (name, estimate, standardError, degreesOfFreedom);
        PValue = Distributions.StudentTwoSided(T, degreesOfFreedom);
    }

    /// <summary>The feature's name, or <c>(intercept)</c>.</summary>
    public string Name { get; }

    /// <summary>The coefficient.</summary>
    public double Estimate { get; }

    /// <summary>Its standard error; NaN where it has none.</summary>
    public double StandardError { get; }

    /// <summary>Estimate by standard error.</summary>
    public double T => Estimate / StandardError;

    /// <summary>The probability of a t at least as far from 0, if the coefficient were 0 and errors were normal.</summary>
    public double PValue { get; }

    /// <summary>Estimate ∓ quantile of t times standard error.</summary>
    /// <param name="level">The probability with which such an interval covers the true coefficient, greater than 0 and less than 1.</param>
    public (double Lower, double Upper) ConfidenceInterval(double level = 0.95)
    {
        double reach = Distributions.StudentQuantile(1 - Guard.Between(level, 0, 1), _degreesOfFreedom) * StandardError;
        return (Estimate - reach, Estimate + reach);
    }

    /// <summary>Name, estimate and standard error.</summary>
    public override string ToString() => Format.Text($"{Name}: {Estimate:G6} ± {StandardError:G3}");
}

using System.Collections.Immutable;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>A fitted polynomial with the run that found it.</summary>
public sealed class PolynomialFit
{
    private readonly ShiftedPowers _powers;
    private readonly DoubleDouble[] _shifted;
    private readonly string _featureName;
    private readonly string _targetName;
    private readonly Lazy<RegressionStatistics> _statistics;

    private PolynomialFit(RefinementOutcome fit, ShiftedPowers powers, Dataset data)
    {
        Result = RefinedResult.From(fit);
        (_powers, _shifted) = (powers, fit.Design.ToColumns(fit.DesignCoefficients));
        (_featureName, _targetName) = (data.FeatureNames[0], data.TargetNames[0]);
        Coefficients = [fit.Coefficients[^1].High, .. fit.Coefficients[..^1].Select(coefficient => coefficient.High)];
        Metrics = ModelEvaluation.Errors(data, [.. Enumerable.Range(0, data.SampleCount).Select(i => Predict(data.Features(i)[0]))]);
        _statistics = new(() => RegressionStatistics.From(fit));
    }

    internal static PolynomialFit Of(Dataset data, int degree, CancellationToken cancellation)
    {
        ShiftedPowers powers = LeastSquaresDesign.PowersFor(data);
        return new(IterativeRefinement.Run(LeastSquaresDesign.FromPowers(data, degree, powers), cancellation), powers, data);
    }

    /// <summary>The highest power.</summary>
    public int Degree => Coefficients.Length - 1;

    /// <summary>The coefficient of xᵏ at index k.</summary>
    public ImmutableArray<double> Coefficients { get; }

    /// <summary>How the run ended. Its parameters are those of a linear model of the powers: 1 to the degree, then the intercept.</summary>
    public TrainingResult Result { get; }

    /// <summary>Errors on the data of the fit.</summary>
    public RegressionMetrics Metrics { get; }

    /// <summary>Standard errors, R² and the like; computed when first asked for, from the data, which the fit keeps.</summary>
    public RegressionStatistics Statistics => _statistics.Value;

    /// <summary>The polynomial at x, by Horner's rule in double-double, in powers of x less the middle of the data, so that terms do not cancel, with coefficients that were not rounded to doubles; infinite beyond the doubles.</summary>
    /// <param name="x">Where; finite.</param>
    public double Predict(double x)
    {
        if (!double.IsFinite(x))
            throw Guard.OutOfRange(nameof(x), x, "a finite number");
        DoubleDouble t = _powers.Of(x), value = _shifted[^1];
        double rough = value.High; // where double-double overflows, it is NaN
        for (int k = Degree - 1; k >= 0; k--)
            (value, rough) = (value * t + _shifted[k], rough * t.High + _shifted[k].High);
        return double.IsFinite(value.High) ? value.High : rough;
    }

    /// <summary>The polynomial and the errors; if the run did not converge, that comes first; what there is to know about the data comes last.</summary>
    public override string ToString() => LinearFit.Describe(
        Result, _targetName, Coefficients[0], Coefficients[1..], k => k == 0 ? _featureName : Format.Text($"{_featureName}^{k + 1}"), Metrics);
}

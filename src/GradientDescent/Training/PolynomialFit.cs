using System.Collections.Immutable;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>A fitted polynomial with the run that found it.</summary>
public sealed class PolynomialFit
{
    private readonly DoubleDouble[] _coefficients;
    private readonly string _featureName;
    private readonly string _targetName;

    private readonly Lazy<RegressionStatistics> _statistics;

    internal PolynomialFit(RefinedFit fit, Dataset data)
    {
        Result = fit.Result;
        _coefficients = [fit.Coefficients[^1], .. fit.Coefficients[..^1]];
        (_featureName, _targetName) = (data.FeatureNames[0], data.TargetNames[0]);
        Coefficients = [.. _coefficients.Select(coefficient => coefficient.High)];
        Metrics = ModelEvaluation.Errors(data, [.. Enumerable.Range(0, data.SampleCount).Select(i => Predict(data.Features(i)[0]))]);
        (DoubleDouble[] user, int degree) = (fit.Coefficients, Degree);
        _statistics = new(() => RegressionStatistics.Of(LeastSquaresDesign.OfPowers(data, degree), user, inDoubleDouble: true, interceptFirst: true));
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

    /// <summary>The polynomial at x, by Horner's rule in double-double with the coefficients as they were found, before they were rounded to doubles.</summary>
    /// <param name="x">Where; finite.</param>
    public double Predict(double x)
    {
        if (!double.IsFinite(x))
            throw Guard.OutOfRange(nameof(x), x, "a finite number");
        DoubleDouble value = _coefficients[^1];
        for (int k = Degree - 1; k >= 0; k--)
            value = value * x + _coefficients[k];
        return value.High;
    }

    /// <summary>The polynomial and the errors; if the run did not converge, that comes first.</summary>
    public override string ToString() => LinearFit.Describe(
        Result, _targetName, Coefficients[0], Coefficients[1..], k => k == 0 ? _featureName : Guard.Text($"{_featureName}^{k + 1}"), Metrics);
}

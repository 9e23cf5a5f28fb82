using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// A fitted polynomial with its training result. It cannot be saved: its coefficients have more digits than those of a model file.
/// </summary>
public sealed class PolynomialFit : ModelFit
{
    private readonly ShiftedPowers _powers;
    private readonly DoubleDouble[] _shifted;
    private readonly Lazy<RegressionStatistics> _statistics;

    private PolynomialFit(RefinementOutcome fit, ShiftedPowers powers, Dataset data)
        : base(RefinedResult.From(fit), data)
    {
        (_powers, _shifted) = (powers, fit.Design.ToColumns(fit.DesignCoefficients));
        Coefficients = [fit.Coefficients[^1].High, .. fit.Coefficients[..^1].Select(coefficient => coefficient.High)];
        Dataset.RowReader featuresOf = data.FeatureReader();
        Metrics = ModelEvaluation.Errors(data, [.. Enumerable.Range(0, data.SampleCount).Select(i => Predict(featuresOf(i)[0]))]);
        _statistics = new(() => RegressionStatistics.From(fit));
    }

    internal static PolynomialFit Of(Dataset data, int degree, CancellationToken cancellation)
    {
        ShiftedPowers powers = LeastSquaresDesign.PowersFor(data);
        var design = LeastSquaresDesign.FromPowers(data, degree, powers);
        return new(IterativeRefinement.Run(design, data.Collective, cancellation), powers, data);
    }

    /// <summary>The highest power.</summary>
    public int Degree => Coefficients.Length - 1;

    /// <summary>
    /// The coefficients; the coefficient of xᵏ has index k. <see cref="ModelFit.Result"/> has the order of a linear model: the powers 1 to
    /// the degree, then the intercept.
    /// </summary>
    public ImmutableArray<double> Coefficients { get; }

    /// <summary>The errors on the data of the fit.</summary>
    public RegressionMetrics Metrics { get; }

    /// <summary>
    /// Standard errors, R² and other statistics. They are computed at the first access, from the columns, which the fit keeps.
    /// </summary>
    public RegressionStatistics Statistics => _statistics.Value;

    /// <summary>Returns the value of the polynomial at x; infinite if it is too large for a double.</summary>
    /// <remarks>
    /// The method is Horner's rule in double-double, with coefficients that are not rounded to doubles. It uses powers of x minus the
    /// middle of the range of the data, so that terms do not cancel.
    /// </remarks>
    /// <param name="x">The point to evaluate at; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite.</exception>
    public double Predict(double x)
    {
        if (!double.IsFinite(x))
            throw Guard.OutOfRange(nameof(x), x, "a finite number");
        DoubleDouble t = _powers.Of(x), value = _shifted[^1];
        double rough = value.High; // the result if double-double overflows, because then `value` is NaN
        for (int k = Degree - 1; k >= 0; k--)
            (value, rough) = (value * t + _shifted[k], rough * t.High + _shifted[k].High);
        return double.IsFinite(value.High) ? value.High : rough;
    }

    /// <summary>Predicts the target at x, with the intervals of its mean and of a new sample.</summary>
    /// <param name="x">The point to predict at; finite.</param>
    /// <param name="level">The probability of each interval, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">x is not finite, or the level is NaN, at most 0, or at least 1.</exception>
    public RegressionPrediction PredictInterval(double x, double level = 0.95)
    {
        Guard.Between(level, 0, 1);
        double value = Predict(x);
        if (Statistics.PredictionVariance is not { } variance)
            return RegressionPrediction.WithoutErrors(value);
        var powers = new DoubleDouble[Degree];
        _powers.Write(x, powers);
        return variance.Predict(value, Array.ConvertAll(powers, power => power.High), level);
    }

    private protected override string Describe()
    {
        string x = FeatureNames[0];
        string equation = Equation.Of(TargetName, Coefficients[0], Coefficients[1..], k => k == 0 ? x : Format.Text($"{x}^{k + 1}"));
        return $"{equation} ({Metrics})";
    }
}

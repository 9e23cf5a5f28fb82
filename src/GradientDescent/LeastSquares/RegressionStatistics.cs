using System.Collections.Immutable;
using System.Text;
using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>The classical statistics of a linear regression by least squares.</summary>
/// <remarks>
/// The statistics assume independent errors with the same variance σ²; p-values and confidence intervals also assume normal errors. With
/// weights, the variance of a sample's error is σ²/weight. So weights are inverse variances up to a common factor, samples of weight 0 are
/// ignored, and a sample of weight 2 is not the same as two samples. The statistics are valid for fits that have reached the least-squares
/// solution. In the formulas, w, y and r are the weight, the target and the residual of a sample. Sums are in double-double. Draper and
/// Smith, "Applied Regression Analysis", 3rd ed., 1998, chapters 1, 5 and 9.
/// </remarks>
public sealed class RegressionStatistics
{
    private readonly Lazy<RegressionInfluence> _influence;
    private readonly Lazy<PredictionVariance?> _predictionVariance;

    private RegressionStatistics(
        LeastSquaresDesign design,
        DoubleDouble[] coefficients,
        DoubleDouble[] user,
        bool hasConverged,
        bool inDoubleDouble,
        bool interceptFirst)
    {
        RefinedLeastSquares problem = design.Problem;
        (DoubleDouble residuals, double differences) = problem.SumsOfSquares(coefficients);
        DoubleDouble total = problem.TotalSumOfSquares(design.HasIntercept);
        int modelFreedom = problem.Rank - (design.HasIntercept ? 1 : 0);
        SampleCount = problem.RowCount;
        DegreesOfFreedom = SampleCount - problem.Rank;
        ModelDegreesOfFreedom = modelFreedom;
        Note = NoteOn(design, hasConverged);

        DoubleDouble unexplained = residuals / total;
        double variance = DegreesOfFreedom > 0 ? residuals.High / DegreesOfFreedom : double.NaN;
        RSquared = total.High == 0 ? double.NaN : (-unexplained + 1.0).High;
        AdjustedRSquared = DegreesOfFreedom > 0 && total.High != 0
            ? (-(unexplained * (SampleCount - (design.HasIntercept ? 1.0 : 0)) / DegreesOfFreedom) + 1.0).High
            : double.NaN;
        int unit = design.TargetExponent + design.WeightExponent / 2;
        ResidualStandardDeviation = Math.ScaleB(Math.Sqrt(variance), unit);
        FStatistic = modelFreedom > 0 ? ((-residuals + total) / modelFreedom).High / variance : double.NaN;
        FStatisticPValue = Distributions.FisherUpper(FStatistic, modelFreedom, DegreesOfFreedom);
        LogLikelihood = LogLikelihoodOf(design, residuals.High);
        DurbinWatson = residuals.High == 0 ? double.NaN : differences / residuals.High;
        bool hasErrors = DegreesOfFreedom > 0 && !design.IsDeficient;
        _influence = new(() => RegressionInfluence.Of(design, coefficients, variance, DegreesOfFreedom));
        _predictionVariance = new(
            () => hasErrors ? design.VarianceOfPredictions(ResidualStandardDeviation, DegreesOfFreedom) : null);

        double[] errors = new double[design.Names.Length], inflation = new double[design.Names.Length];
        Array.Fill(errors, double.NaN);
        Array.Fill(inflation, double.NaN);
        if (hasErrors)
            StandardErrors(design, variance, inDoubleDouble, errors, inflation);
        CoefficientStatistics[] all =
            [.. user.Select((coefficient, j) => new CoefficientStatistics(design.Names[j], coefficient.High, errors[j], DegreesOfFreedom))];
        Coefficients = interceptFirst ? [all[^1], .. all[..^1]] : [.. all];
        VarianceInflation = interceptFirst ? [] : [.. inflation];
    }

    /// <summary>The number of samples with a weight greater than 0.</summary>
    public int SampleCount { get; }

    /// <summary>The number of samples minus the number of coefficients that the data determines.</summary>
    public int DegreesOfFreedom { get; }

    /// <summary>The number of coefficients that the data determines, without the intercept.</summary>
    public int ModelDegreesOfFreedom { get; }

    /// <summary>
    /// The share of variance that the model explains: R² = 1 − Σwr²/Σw(y − ȳ)², or 1 − Σwr²/Σwy² without an intercept; NaN if the targets
    /// do not vary.
    /// </summary>
    public double RSquared { get; }

    /// <summary>
    /// The adjusted R²: 1 − (1 − R²)·(n − 1)/<see cref="DegreesOfFreedom"/>, with n in place of n − 1 without an intercept; NaN without
    /// degrees of freedom.
    /// </summary>
    public double AdjustedRSquared { get; }

    /// <summary>
    /// The residual standard deviation √(Σwr²/<see cref="DegreesOfFreedom"/>) of a sample of weight 1, in the target's units; NaN without
    /// degrees of freedom.
    /// </summary>
    public double ResidualStandardDeviation { get; }

    /// <summary>
    /// The F-statistic: the sum of squares that the model explains, divided by <see cref="ModelDegreesOfFreedom"/>, over the sum of squared
    /// residuals, divided by <see cref="DegreesOfFreedom"/>; NaN if one of these degrees of freedom is 0.
    /// </summary>
    public double FStatistic { get; }

    /// <summary>
    /// The probability that F is at least as large, if all coefficients except the intercept are 0 and the errors are normal.
    /// </summary>
    public double FStatisticPValue { get; }

    /// <summary>
    /// The statistics of each coefficient, in the fit's order: for a <see cref="LinearFit"/> the weights, then the intercept; for a
    /// <see cref="PolynomialFit"/> the intercept, then the coefficients of the powers in ascending order.
    /// </summary>
    public ImmutableArray<CoefficientStatistics> Coefficients { get; }

    /// <summary>
    /// The variance inflation factor of each of <see cref="Coefficients"/>, 1/(1 − R²), with the R² of a regression of its feature on the
    /// others; NaN for the intercept, and where there is no standard error. Above about 10, the features are nearly dependent. Empty for a
    /// polynomial, whose powers always are. Marquardt, "Generalized inverses, ridge regression, biased linear estimation, and nonlinear
    /// estimation", 1970.
    /// </summary>
    public ImmutableArray<double> VarianceInflation { get; }

    /// <summary>
    /// The logarithm of the likelihood of normal errors, with the variance Σwr²/n for a sample of weight 1:
    /// −n/2·(ln(2πΣwr²/n) + 1) + ½Σ ln w.
    /// </summary>
    public double LogLikelihood { get; }

    /// <summary>
    /// Akaike's criterion AIC: −2·<see cref="LogLikelihood"/> + 2k. The number k of parameters is that of the coefficients that the data
    /// determines, plus 1 for the variance of the errors, as in R; a program that does not count the variance has 2 less.
    /// </summary>
    public double AkaikeCriterion => -2 * LogLikelihood + 2 * ParameterCount;

    /// <summary>
    /// Schwarz's criterion BIC: −2·<see cref="LogLikelihood"/> + k·ln n, with the k of <see cref="AkaikeCriterion"/>.
    /// </summary>
    public double BayesianCriterion => -2 * LogLikelihood + ParameterCount * Elementary.Log(SampleCount);

    /// <summary>
    /// The Durbin–Watson statistic of the residuals in the order of the samples: Σ(eᵢ − eᵢ₋₁)²/Σeᵢ² with e = √w·r. It is about 2 if
    /// adjacent errors are independent, less if they are alike, and at most 4; NaN if all residuals are 0. Durbin and Watson, "Testing for
    /// serial correlation in least squares regression", 1950.
    /// </summary>
    public double DurbinWatson { get; }

    /// <summary>
    /// The influence of each sample on the fit. It is computed at the first access, from the data, to which this object keeps a reference.
    /// </summary>
    public RegressionInfluence Influence => _influence.Value;

    /// <summary>The variance of predictions; <see langword="null"/> if there are no standard errors.</summary>
    internal PredictionVariance? PredictionVariance => _predictionVariance.Value;

    private int ParameterCount => SampleCount - DegreesOfFreedom + 1;

    /// <summary>The reason why some numbers are NaN or not valid; <see langword="null"/> if there is none.</summary>
    public string? Note { get; }

    /// <summary>The statistics of the coefficient with the specified name.</summary>
    /// <param name="name">The name of a feature, or <c>(intercept)</c>.</param>
    /// <exception cref="ArgumentException">There is no coefficient with this name.</exception>
    public CoefficientStatistics this[string name] => CoefficientTable.Find(Coefficients, c => c.Name, name);

    /// <summary>Computes the statistics of a linear fit.</summary>
    /// <param name="design">The design of the data's features.</param>
    /// <param name="user">The coefficients in the user's units: the columns, then the intercept.</param>
    /// <param name="hasConverged">Whether the coefficients are the least-squares solution.</param>
    /// <param name="inDoubleDouble">Whether variances are in double-double; sums of squares are always in double-double.</param>
    internal static RegressionStatistics From(LeastSquaresDesign design, DoubleDouble[] user, bool hasConverged, bool inDoubleDouble)
    {
        // Where features are far from 0, the last digit of an intercept is large compared with the residuals. These are those of the
        // solution, not of its rounded coefficients.
        DoubleDouble[] coefficients = design.FromUser(user);
        if (hasConverged && !inDoubleDouble)
            design.Problem.Refine(coefficients);
        return new(design, coefficients, user, hasConverged, inDoubleDouble, interceptFirst: false);
    }

    /// <summary>Computes the statistics of a polynomial fit.</summary>
    /// <param name="polynomial">The outcome of the polynomial's fit.</param>
    internal static RegressionStatistics From(RefinementOutcome polynomial) => new(
        polynomial.Design,
        polynomial.DesignCoefficients,
        polynomial.Coefficients,
        polynomial.End == RefinementEnd.Converged,
        inDoubleDouble: true,
        interceptFirst: true);

    /// <summary>Returns a table of the coefficients, followed by the statistics of the whole fit; lines end with \n.</summary>
    public override string ToString()
    {
        string freedom = Format.Count(DegreesOfFreedom, "degree");
        var text = new StringBuilder(CoefficientStatistics.TableOf(Coefficients));
        text.Append(Format.Text($"R² {RSquared:G6}, adjusted {AdjustedRSquared:G6}\n"))
            .Append(Format.Text($"residual standard deviation {ResidualStandardDeviation:G6} on {freedom} of freedom\n"))
            .Append(Format.Text($"F {FStatistic:G6} on {ModelDegreesOfFreedom} and {DegreesOfFreedom}, p {FStatisticPValue:G3}\n"))
            .Append(Format.Text($"AIC {AkaikeCriterion:G6}, BIC {BayesianCriterion:G6}, log-likelihood {LogLikelihood:G6}, "))
            .Append(Format.Text($"Durbin–Watson {DurbinWatson:G4}"));
        return Note is null ? text.ToString() : text.Append('\n').Append(Note).ToString();
    }

    /// <summary>
    /// Computes √(variance · fᵀ(AᵀWA)⁻¹f) for each of the user's coefficients, except for a column that does not vary, and the variance
    /// inflation factors of the features.
    /// </summary>
    private static void StandardErrors(
        LeastSquaresDesign design, double variance, bool inDoubleDouble, double[] errors, double[] inflation)
    {
        DoubleDouble[] factors = design.Problem.VarianceFactors(design.UserForms, inDoubleDouble);
        for (int j = 0; j < factors.Length; j++)
        {
            if (factors[j].High == 0) // the column does not vary
                continue;
            errors[j] = Math.ScaleB(Math.Sqrt((factors[j] * variance).High), design.UnitOf(j));
            if (design.ColumnOf(j) is var column and >= 0)
                inflation[j] = Math.Max(1, factors[j].High * design.Problem.SumOfSquares(column));
        }
    }

    private static double LogLikelihoodOf(LeastSquaresDesign design, double residuals)
    {
        int n = design.Problem.RowCount, exponent = 2 * design.TargetExponent + design.WeightExponent;
        double weights = 0;
        foreach (double weight in design.Weights)
            weights += weight == 1 ? 0 : Elementary.Log(weight);
        double logOfSquares = Elementary.Log(residuals) + exponent * Elementary.Log(2);
        return (weights - n * (Elementary.Log(2 * Math.PI) + 1 - Elementary.Log(n) + logOfSquares)) / 2;
    }

    private string? NoteOn(LeastSquaresDesign design, bool hasConverged)
    {
        int columns = design.Problem.ColumnCount;
        return Format.Sentences(
            hasConverged ? null : "The fit has not converged: these statistics are valid for the least-squares solution only.",
            design.IsDeficient && columns <= SampleCount
                ? "Some features depend on others: the coefficients have no standard errors."
                : null,
            design.ConstantNames.IsEmpty ? null : $"Features that do not vary have no standard error: {Format.List(design.ConstantNames)}.",
            columns > SampleCount
                ? Format.Text($"There are more coefficients ({columns}) than samples ({SampleCount}): ")
                    + "no degrees of freedom are left, and the coefficients have no standard errors."
            : DegreesOfFreedom < 1
                ? Format.Text($"There are as many coefficients as samples ({SampleCount}): ")
                    + "no degrees of freedom are left to estimate the variance of the errors."
            : null);
    }
}

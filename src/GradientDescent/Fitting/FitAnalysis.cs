using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// An analysis of a fit before it runs: the curvature of the loss, the stable learning rates, the number of steps that they need, and
/// columns that cause problems.
/// </summary>
/// <remarks>
/// The analysis is valid for models whose scores are linear in the parameters and for full batches. It uses the coordinates that a fit with
/// the same options optimises: standardised features, unless another scaling is set. Let L be the largest curvature and μ the smallest one
/// that is not 0. Plain descent converges at rates below 2/L and is fastest at 2/(L + μ). Polyak, 1964, and Nesterov, "Introductory
/// Lectures on Convex Optimization", 2004, section 2.2, give the momentum values. If the loss is not quadratic, the numbers are valid for
/// its curvature bound: the rates are still safe, but the curvature at the optimum may be less than μ, and then a run takes longer.
/// <para>
/// An L2 penalty is part of the loss: it adds its strength to the curvature of the coefficients that it applies to. An L1 penalty is
/// nonsmooth and has no curvature: the analysis leaves it out.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// FitAnalysis analysis = FitAnalysis.From(new LinearRegression(), data);
/// Console.WriteLine($"condition {analysis.ConditionNumber:F0}");                // condition 470
/// Console.WriteLine($"safe rate {analysis.SafeDescent!.LearningRate:F3}");      // safe rate 0.124
/// </code></example>
public sealed class FitAnalysis
{
    private const double DefaultGradientTolerance = 1e-6;

    private readonly string _subject;
    private readonly string _penalty;
    private readonly double _gradientTolerance;
    private readonly int _zeroColumns;
    private readonly bool _isPredictable;
    private readonly bool _isNonsmooth;

    private FitAnalysis(IModel model, FitProblem fit, FitOptions fitOptions, TrainingOptions options, long maxWork)
    {
        EmpiricalRisk risk = fit.Risk;
        var curvature = CurvatureBound.From(risk, wantsSmallest: true, maxWork);
        double[] gradient = new double[fit.Start.Length];
        IObjective smooth = Objective.SmoothPart(fit.Problem.Whole);
        smooth.Evaluate(fit.Start, gradient);
        GradientNormAtStart = Reductions.Norm(gradient);
        CurvatureAtStart = PowerIteration.LargestCurvature(smooth, fit.Start);
        ConditionNumber = curvature.Largest == 0 ? 1 : curvature.Largest / curvature.Smallest;
        LargestCurvature = curvature.Bound ?? CurvatureAtStart;
        Source = curvature.Bound is null ? CurvatureSource.StartOnly : curvature.Source;
        if (!double.IsFinite(LargestCurvature) || (LargestCurvature > 0 && !double.IsFinite(1 / LargestCurvature)))
        {
            throw Guard.Invalid(
                "data",
                $"The largest curvature is {LargestCurvature}, so no rate works: measure the features in other units, or scale them.");
        }

        bool isQuadratic = risk.Loss.MinCurvature == risk.Loss.MaxCurvature;
        _isNonsmooth = risk.Term is { IsNonsmooth: true };
        _isPredictable = isQuadratic && curvature.Source == CurvatureSource.SingularValues && !_isNonsmooth;
        double startNorm = _isPredictable ? GradientNormAtStart : double.NaN, ratio = 1 / ConditionNumber;
        if (LargestCurvature > 0)
            SafeDescent = RateAdvice.SafeDescent(LargestCurvature, ratio, startNorm);
        if (LargestCurvature > 0 && double.IsFinite(ConditionNumber))
        {
            BestDescent = RateAdvice.BestDescent(LargestCurvature, ratio, startNorm);
            HeavyBall = RateAdvice.HeavyBall(LargestCurvature, ratio, startNorm);
            Nesterov = RateAdvice.Nesterov(LargestCurvature, ratio, startNorm);
        }

        ColumnStatistics columns = fit.RawColumns();
        Rank = curvature.Rank;
        ConstantFeatures = [.. fit.TrainingData.FeatureNames.Where((_, j) => columns.Scales[j] == 0)];
        RatioOfFeatureScales = columns.RatioOfScales;
        ColumnCount = risk.Data.FeatureCount + (fit.HasIntercept ? 1 : 0);
        bool areConstantsZero = fit.Scaling == FeatureScaling.Standardize || (!fit.HasIntercept && fit.Scaling == FeatureScaling.None);
        _zeroColumns = areConstantsZero ? ConstantFeatures.Length : 0;
        _gradientTolerance = options.GradientTolerance is { } tolerance and > 0 ? tolerance : DefaultGradientTolerance;
        _penalty = fitOptions.Penalty is { } penalty ? Format.Text($"{penalty}") : "";
        _subject = Format.Text($"{model.GetType().Name} by {risk.Loss.GetType().Name} on {fit.TrainingData}, scaling {fit.Scaling}");
    }

    /// <summary>The largest curvature at the start: a lower estimate, by power iteration.</summary>
    public double CurvatureAtStart { get; }

    /// <summary>L, an upper bound of the curvature at all parameters; only an estimate if <see cref="Source"/> says so.</summary>
    public double LargestCurvature { get; }

    /// <summary>How <see cref="LargestCurvature"/> was computed.</summary>
    public CurvatureSource Source { get; }

    /// <summary>
    /// κ = L/μ of the columns after scaling, over the curvatures that are not 0. An L2 penalty is included unless <see cref="Source"/> is
    /// <see cref="CurvatureSource.StartOnly"/>. If <see cref="Rank"/> is not known, κ is a lower estimate over all curvatures, and infinite
    /// if columns depend on each other.
    /// </summary>
    public double ConditionNumber { get; }

    /// <summary>
    /// Plain descent at 1/L: each step decreases the loss, unless L is only an estimate. <see langword="null"/> if L is 0, as for losses
    /// that are piecewise linear: then the curvature does not determine a rate, and <see cref="BestDescent"/>, <see cref="HeavyBall"/> and
    /// <see cref="Nesterov"/> are <see langword="null"/> as well.
    /// </summary>
    public RateAdvice? SafeDescent { get; }

    /// <summary>
    /// Plain descent at 2/(L + μ): the fastest rate, but only slightly smaller than the rates that diverge. <see langword="null"/> if κ is
    /// infinite: the rate 2/L does not converge.
    /// </summary>
    public RateAdvice? BestDescent { get; }

    /// <summary>
    /// For <see cref="GradientDescent.Momentum"/>: rate 4/(√L + √μ)², momentum ((√κ − 1)/(√κ + 1))². Safe for quadratic losses only.
    /// <see langword="null"/> if κ is infinite: then no fixed momentum is best.
    /// </summary>
    public RateAdvice? HeavyBall { get; }

    /// <summary>
    /// For <see cref="GradientDescent.Nesterov"/>: rate 1/L, momentum (√κ − 1)/(√κ + 1). <see langword="null"/> if κ is infinite: then use
    /// <c>restart: true</c>, which does not depend on κ.
    /// </summary>
    public RateAdvice? Nesterov { get; }

    /// <summary>The Euclidean norm of the gradient at the start, without an L1 penalty.</summary>
    public double GradientNormAtStart { get; }

    /// <summary>The number of columns after scaling; the intercept adds a column of ones.</summary>
    public int ColumnCount { get; }

    /// <summary>
    /// The number of independent columns among the <see cref="ColumnCount"/>, including columns that an L2 penalty makes independent: the
    /// number of singular values greater than max(n, d)·2⁻⁵² times the largest. <see langword="null"/> if the data was too large to compute
    /// them.
    /// </summary>
    public int? Rank { get; }

    /// <summary>The names of the features that do not vary (without an intercept, of the features that are 0).</summary>
    public ImmutableArray<string> ConstantFeatures { get; }

    /// <summary>
    /// The largest standard deviation of a feature divided by the smallest, over the features that vary, in the data's units. Without an
    /// intercept, root mean squares replace the standard deviations.
    /// </summary>
    public double RatioOfFeatureScales { get; }

    /// <summary>
    /// Analyses a fit without running it. One pass over the data computes the statistics of the columns. Then either all singular values
    /// are computed (up to 256 columns, about a second), or 200 passes of power iteration are made.
    /// </summary>
    /// <param name="model">The model to fit; it is not changed.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss; by default squared error for regression and cross-entropy for classes.</param>
    /// <param name="fitOptions">The options of the fit; scaling, penalty, start and validation data affect the analysis.</param>
    /// <param name="options">The options of the run; seed, threads and tolerance affect the analysis.</param>
    /// <exception cref="ArgumentException">
    /// The model is not linear; model, loss, data and options do not fit together; or the curvature is so large or small in these units
    /// that no rate is stable.
    /// </exception>
    public static FitAnalysis From(
        IModel model, Dataset data, ILoss? loss = null, FitOptions? fitOptions = null, TrainingOptions? options = null) =>
        From(model, data, loss, fitOptions, options, CurvatureBound.MaxWork);

    internal static FitAnalysis From(
        IModel model, Dataset data, ILoss? loss, FitOptions? fitOptions, TrainingOptions? options, long maxWork)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (!model.IsLinear)
        {
            throw Guard.Invalid(
                nameof(model), $"{model.GetType().Name} is not linear: the analysis holds only for models whose scores are x·W + b.");
        }

        options ??= new TrainingOptions();
        fitOptions = (fitOptions ?? new FitOptions()) with { RateFromCurvature = false };
        var fit = new FitProblem(model, loss, data, fitOptions, options, BatchPlan.Full, learningRate: 1);
        return new FitAnalysis(model, fit, fitOptions, options, maxWork);
    }

    /// <summary>Returns a report with one line for each result; lines have at most 100 characters.</summary>
    public override string ToString()
    {
        var report = new FitAnalysisReport();
        report.Add($"{_subject}");
        if (_penalty.Length > 0)
            report.AddValue("penalty", $"{_penalty}{(_isNonsmooth ? ": its L1 part is left out below" : "")}");
        report.AddValue("curvature at the start", $"{CurvatureAtStart:G5}", "a lower estimate by power iteration");
        report.AddValue("largest curvature L", $"{LargestCurvature:G5}", Source.Describe());
        string scope = Rank is null ? "a lower estimate" : Rank < ColumnCount ? "of the curvatures that are not 0" : "exact";
        report.AddValue("condition number", $"{ConditionNumber:G5}", scope);
        AddColumns(report);
        report.AddValue("gradient norm at start", $"{GradientNormAtStart:G5}");
        report.Add($"");
        AddRates(report);
        return report.ToString();
    }

    private void AddColumns(FitAnalysisReport report)
    {
        int dependent = Rank is { } rank ? ColumnCount - rank - _zeroColumns : 0;
        string note = dependent > 0
            ? Format.Text($"{Format.Count(dependent, "column")} depend{(dependent == 1 ? "s" : "")} on the others: many solutions")
            : "";
        if (Rank is null)
            report.AddValue("independent columns", $"not computed");
        else
            report.AddValue("independent columns", $"{Rank} of {ColumnCount}", note);
        report.AddValue("features that do not vary", $"{ConstantFeatures.Length}", string.Join(", ", ConstantFeatures));
        report.AddValue("ratio of feature scales", $"{RatioOfFeatureScales:G5}", "in the data's units");
    }

    private void AddRates(FitAnalysisReport report)
    {
        report.AddRateHeads(_gradientTolerance);
        report.AddRates("plain descent, safe (1/L)", SafeDescent, StepsOf(SafeDescent));
        report.AddRates("plain descent, best", BestDescent, StepsOf(BestDescent));
        report.AddRates("Momentum (heavy ball)", HeavyBall, StepsOf(HeavyBall));
        report.AddRates("Nesterov", Nesterov, StepsOf(Nesterov));
        if (SafeDescent is null && Source == CurvatureSource.StartOnly)
            report.Add($"A curvature of 0 gives no rate: use a schedule that lowers the rate.");
        else if (SafeDescent is null)
            report.Add($"A curvature of 0 gives no rate: any rate works.");
        else if (BestDescent is null)
            report.Add($"No fixed momentum is best if a direction has no curvature: use Nesterov(restart: true).");
        if (_isNonsmooth)
            report.Add($"No steps are predicted: the penalty is nonsmooth, and its L1 part is left out of these numbers.");
        else if (!_isPredictable && SafeDescent is not null)
            report.Add($"No steps are predicted: the smallest curvature near the optimum is not known.");
    }

    private string StepsOf(RateAdvice? advice) => !_isPredictable ? "-"
        : advice?.EstimateSteps(_gradientTolerance) is { } steps ? Format.Text($"{steps}")
        : "too many";
}

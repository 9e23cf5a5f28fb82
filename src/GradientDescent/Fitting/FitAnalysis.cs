using System.Collections.Immutable;
using System.Text;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>What can be known of a fit before it runs: how strongly the loss bends, which rates are stable, how long they take, and what is wrong with the columns.</summary>
/// <remarks>
/// For models whose scores are linear in the parameters, on full batches, in the coordinates that a fit with the same options optimises (standardised ones, unless other scaling is asked
/// for). With L and μ the largest and the smallest curvature that is not 0: plain descent converges at rates below 2/L, fastest at 2/(L + μ); Polyak, 1964, and Nesterov, "Introductory
/// Lectures on Convex Optimization", 2004, section 2.2, give the momenta. Where the loss is not quadratic these hold for its curvature bound: rates stay safe, but the optimum may be flatter
/// than μ says, and then takes longer.
/// <para>
/// An L2 penalty is part of the loss: it adds its strength to the curvature of the coefficients that it is on. A penalty on absolute values has kinks and no curvature: it is left out.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// FitAnalysis analysis = FitAnalysis.Of(new LinearRegression(), data);
/// Console.WriteLine($"condition {analysis.ConditionNumber:F0}, safe rate {analysis.SafeDescent!.LearningRate:F3}");   // condition 470, safe rate 0.124
/// </code></example>
public sealed record FitAnalysis
{
    private const int ReportWidth = 100;
    private const double DefaultGradientTolerance = 1e-6;

    private readonly string _subject;
    private readonly string _penalty;
    private readonly double _gradientTolerance;
    private readonly int _zeroColumns;
    private readonly bool _isPredictable;
    private readonly bool _hasKinks;

    private FitAnalysis(IModel model, FitProblem fit, TrainingOptions options, FitOptions fitOptions, long maxWork)
    {
        EmpiricalRisk risk = fit.Risk;
        CurvatureBound gramian = CurvatureBound.Of(risk, wantsSmallest: true, maxWork);
        double[] gradient = new double[fit.Start.Length];
        IObjective smooth = Objective.SmoothPart(fit.Problem.Whole);
        smooth.Evaluate(fit.Start, gradient);
        CurvatureAtStart = PowerIteration.LargestCurvature(smooth, fit.Start);
        ConditionNumber = gramian.Largest == 0 ? 1 : gramian.Largest / gramian.Smallest;
        (LargestCurvature, Source) = gramian.Bound is { } bound ? (bound, gramian.Source) : (CurvatureAtStart, CurvatureSource.StartOnly);
        if (!double.IsFinite(LargestCurvature) || (LargestCurvature > 0 && !double.IsFinite(1 / LargestCurvature)))
            throw Guard.Invalid("data", $"The largest curvature is {LargestCurvature}, which no rate serves: measure the features in other units, or let them be scaled.");

        bool isQuadratic = risk.Loss.MinCurvature == risk.Loss.MaxCurvature;
        GradientNormAtStart = Reductions.Norm(gradient);
        _hasKinks = risk.Term is { IsNonsmooth: true };
        _isPredictable = isQuadratic && gramian.Source == CurvatureSource.Spectrum && !_hasKinks;
        double known = _isPredictable ? GradientNormAtStart : double.NaN;
        double largest = LargestCurvature, ratio = 1 / ConditionNumber, root = Math.Sqrt(ratio), fast = (1 + root) / 2;
        if (largest > 0)
            SafeDescent = new(1 / largest, 0, ratio, 0, known);
        if (largest > 0 && double.IsFinite(ConditionNumber))
        {
            BestDescent = new(2 / (largest * (1 + ratio)), 0, 2 * ratio / (1 + ratio), 0, known);
            // Double roots at the ends of the spectrum: k updates leave at most (1 + 2k/(1 + √(μ/L)))·qᵏ and (1 + k√(μ/L))·qᵏ.
            HeavyBall = new(1 / (largest * fast * fast), Squared((1 - root) / (1 + root)), 2 * root / (1 + root), 2 / (1 + root), known);
            Nesterov = new(1 / largest, (1 - root) / (1 + root), root, root, known);
        }

        ColumnStatistics columns = fit.RawColumns();
        Rank = gramian.Rank;
        ConstantFeatures = [.. fit.TrainingData.FeatureNames.Where((_, j) => columns.Scales[j] == 0)];
        RatioOfFeatureScales = columns.RatioOfScales;
        ColumnCount = risk.Data.FeatureCount + (fit.HasIntercept ? 1 : 0);
        _zeroColumns = fit.Scaling == FeatureScaling.Standardize || !fit.HasIntercept && fit.Scaling == FeatureScaling.None ? ConstantFeatures.Length : 0;
        _gradientTolerance = options.GradientTolerance is { } tolerance and > 0 ? tolerance : DefaultGradientTolerance;
        _penalty = fitOptions.Penalty is { } penalty ? Format.Text($"{penalty}") : "";
        _subject = Format.Text($"{model.GetType().Name} by {risk.Loss.GetType().Name} on {fit.TrainingData}, scaling {fit.Scaling}");
    }

    /// <summary>The largest curvature at the start, by power iteration: an estimate from below.</summary>
    public double CurvatureAtStart { get; }

    /// <summary>L: no less than the largest curvature anywhere, as <see cref="Source"/> says.</summary>
    public double LargestCurvature { get; }

    /// <summary>What <see cref="LargestCurvature"/> rests on.</summary>
    public CurvatureSource Source { get; }

    /// <summary>
    /// κ = L/μ of the columns as optimised, over the curvatures that are not 0; an L2 penalty is part of them where <see cref="Source"/> is not <see cref="CurvatureSource.StartOnly"/>.
    /// Unless <see cref="Rank"/> is known, an estimate from below over all of them: infinite where columns depend on each other.
    /// </summary>
    public double ConditionNumber { get; }

    /// <summary>
    /// Plain descent at 1/L: where L is secured, each update makes the loss smaller. <see langword="null"/> where L is 0, as for losses that are straight but for kinks: then curvature says nothing
    /// about rates, and so are the next three.
    /// </summary>
    public RateAdvice? SafeDescent { get; }

    /// <summary>Plain descent at 2/(L + μ): the fastest, but hardly less than where it diverges. <see langword="null"/> where κ is infinite: 2/L does not converge.</summary>
    public RateAdvice? BestDescent { get; }

    /// <summary>
    /// For <see cref="GradientDescent.Momentum"/>: rate 4/(√L + √μ)², momentum ((√κ − 1)/(√κ + 1))². Safe for quadratic losses only. <see langword="null"/> where κ is infinite: then no fixed
    /// momentum is best.
    /// </summary>
    public RateAdvice? HeavyBall { get; }

    /// <summary>
    /// For <see cref="GradientDescent.Nesterov"/>: rate 1/L, momentum (√κ − 1)/(√κ + 1). <see langword="null"/> where κ is infinite: then take <c>restart: true</c>, which needs no κ.
    /// </summary>
    public RateAdvice? Nesterov { get; }

    /// <summary>The Euclidean norm of the gradient at the start, without a penalty on absolute values.</summary>
    public double GradientNormAtStart { get; }

    /// <summary>Columns as optimised, one of 1s for the intercept included.</summary>
    public int ColumnCount { get; }

    /// <summary>
    /// How many of <see cref="ColumnCount"/> are independent, or made so by an L2 penalty: singular values above max(n, d)·2⁻⁵² of the largest. <see langword="null"/> where they were too many to
    /// compute.
    /// </summary>
    public int? Rank { get; }

    /// <summary>Features that do not vary (without an intercept: that are 0).</summary>
    public ImmutableArray<string> ConstantFeatures { get; }

    /// <summary>The largest standard deviation of a feature that varies by the smallest, in the data's units (without an intercept: root mean squares).</summary>
    public double RatioOfFeatureScales { get; }

    /// <summary>Looks at a fit without running it: one pass for the columns, and either all singular values (up to 256 columns, about a second) or 200 passes of power iteration.</summary>
    /// <param name="model">What is to be fitted; not changed.</param>
    /// <param name="data">The samples.</param>
    /// <param name="loss">The loss; none means squared error for regression and cross-entropy for classes.</param>
    /// <param name="fitOptions">The options of the fit: scaling, penalty, start and held-out samples count here.</param>
    /// <param name="options">The options of the run: seed, threads and tolerance count here.</param>
    /// <exception cref="ArgumentException">The model is not linear, model, loss, data and options do not fit together, or the curvature is so large or small in these units that no rate serves it.</exception>
    public static FitAnalysis Of(IModel model, Dataset data, ILoss? loss = null, FitOptions? fitOptions = null, TrainingOptions? options = null) =>
        Of(model, data, loss, fitOptions, options, CurvatureBound.MaxWork);

    internal static FitAnalysis Of(IModel model, Dataset data, ILoss? loss, FitOptions? fitOptions, TrainingOptions? options, long maxWork)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (!model.IsLinear)
            throw Guard.Invalid(nameof(model), $"{model.GetType().Name} is not linear: what is said here holds for models whose scores are x·W + b.");
        options ??= new TrainingOptions();
        fitOptions = (fitOptions ?? new FitOptions()) with { RateFromCurvature = false };
        var fit = new FitProblem(model, loss, data, fitOptions, options, BatchPlan.Full, learningRate: 1);
        return new FitAnalysis(model, fit, options, fitOptions, maxWork);
    }

    /// <summary>The report, a line for each finding; at most 100 columns.</summary>
    public override string ToString()
    {
        var report = new StringBuilder();
        Add($"{_subject}");
        if (_penalty.Length > 0)
            Add($"penalty                   {_penalty}{(_hasKinks ? ": what is said is of the smooth part, without absolute values" : "")}");
        Add($"curvature at the start    {CurvatureAtStart,-10:G5} power iteration, from below");
        Add($"largest curvature L       {LargestCurvature,-10:G5} {InWords(Source)}");
        Add($"condition number          {ConditionNumber,-10:G5} {(Rank is null ? "estimated, from below" : Rank < ColumnCount ? "of the curvatures that are not 0" : "exact")}");
        string rank = Rank is { } independent ? Format.Text($"{independent} of {ColumnCount}") : "not computed";
        string dependent = Rank is { } some && ColumnCount - some - _zeroColumns is var missing and > 0
            ? Format.Text($"{Format.Count(missing, "column")} follow{(missing == 1 ? "s" : "")} from the others: many solutions")
            : "";
        Add($"independent columns       {rank,-10} {dependent}");
        Add($"features that do not vary {ConstantFeatures.Length,-10} {string.Join(", ", ConstantFeatures)}");
        Add($"ratio of feature scales   {RatioOfFeatureScales,-10:G5} in the data's units");
        Add($"gradient at the start     {GradientNormAtStart,-10:G5}");
        Add($"");
        Add($"full batches                rate       momentum      lost per update   updates to {_gradientTolerance:G3}");
        Row("plain descent, safe (1/L)", SafeDescent);
        Row("plain descent, best", BestDescent);
        Row("Momentum (heavy ball)", HeavyBall);
        Row("Nesterov", Nesterov);
        if (SafeDescent is null)
            Add($"No rate follows from a curvature of 0{(Source == CurvatureSource.StartOnly ? ": let a schedule bring the rate down" : "; any serves")}.");
        else if (BestDescent is null)
            Add($"No fixed momentum is best where some direction has no curvature: Nesterov(restart: true) needs none.");
        if (_hasKinks)
            Add($"No updates are predicted: the penalty's kinks are not in these numbers.");
        else if (!_isPredictable && SafeDescent is not null)
            Add($"No updates are predicted: how flat the loss is near the optimum is not known.");
        return report.ToString().TrimEnd('\n');

        void Add(FormattableString text)
        {
            string line = Format.Text(text).TrimEnd();
            report.Append(line.Length <= ReportWidth ? line : $"{line.AsSpan(0, ReportWidth - 1)}…").Append('\n');
        }

        string Predicted(RateAdvice advice) => !_isPredictable ? "-" : advice.EstimateUpdates(_gradientTolerance) is { } updates ? Format.Text($"{updates}") : "beyond counting";

        void Row(string name, RateAdvice? advice)
        {
            if (advice is null)
                Add($"{name,-27} {"none",-10}");
            else
                Add($"{name,-27} {advice.LearningRate,-10:G5} {advice.Momentum,-13:0.#########} {advice.Loss,-17:G4} {Predicted(advice)}");
        }
    }

    internal static string InWords(CurvatureSource source) => source switch
    {
        CurvatureSource.Spectrum => "secured by all singular values of the data",
        CurvatureSource.RandomStart => "secured by 1.25 times power iteration from a random start",
        CurvatureSource.Trace => "secured by the trace, an upper bound",
        _ => "at the start alone: the loss gives no bound",
    };

    private static double Squared(double x) => x * x;
}

using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Fits of one model at decreasing strengths of an L1, L2 or elastic-net penalty, and the choice among them.</summary>
/// <remarks>
/// At each strength λ the fit minimises, over the weights w of the standardised features and the intercept b,
/// <code>
/// mean loss(w, b) + λ·(r·‖w‖₁ + (1 − r)/2·‖w‖²)       r = PathOptions.L1Ratio
/// </code>
/// The mean loss is the mean of (ŷ − y)² for linear regression, and the mean cross-entropy in nats for logistic regression; means are
/// weighted if the data has weights. This is the convention of <see cref="ElasticNetPenalty"/>, except that the penalty is on standardised
/// features unless <see cref="PathOptions.Standardize"/> is off. The results are in the user's units. scikit-learn's alpha is λ/2 for
/// linear regression, its C is 1/(nλ) for logistic regression.
/// <para>
/// The largest strength of a path is the smallest one at which all weights are 0: maxⱼ|∂loss/∂wⱼ| at w = 0, divided by r. An L2 penalty
/// alone makes no weight 0; below r = 0.001 the path begins where it would with r = 0.001, as in glmnet.
/// </para>
/// <para>
/// Each fit starts at the one before. It is coordinate descent on a working set; for logistic regression on second-order models of the
/// loss, with a line search. It ends when the duality gap, an upper bound of how much the objective is above its minimum, is at most
/// <see cref="PathOptions.GapTolerance"/> of the loss without features. Friedman, Hastie and Tibshirani, "Regularization Paths for
/// Generalized Linear Models via Coordinate Descent", 2010.
/// </para>
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// RegularizationPath&lt;LinearRegression&gt; path = RegularizationPath.Linear(data);
/// PathPoint&lt;LinearRegression&gt; sparse = path.Points.Last(point => point.NonzeroCount &lt;= 3);
/// Console.WriteLine(string.Join(" ", data.FeatureNames.Where((name, j) => sparse.Model.Weights[j] != 0)));   // bmi bp s5
/// </code></example>
public static class RegularizationPath
{
    private const double SmallestL1Ratio = 1e-3; // for the largest strength
    private const double SmallestRatio = 1e-4, SmallestRatioOfWideData = 1e-2;

    /// <summary>Fits linear regressions at decreasing strengths.</summary>
    /// <param name="data">The samples, with one target each.</param>
    /// <param name="options">The settings; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits.</param>
    /// <exception cref="ArgumentException">
    /// The samples have several targets, or no strengths are given and none follow from the data, because no feature is correlated with the
    /// target.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RegularizationPath<LinearRegression> Linear(
        Dataset data, PathOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"There are {data.TargetCount} targets per sample: a path takes one.");
        options ??= new();
        var design = new PathDesign(data, options);
        var columns = new WeightedColumns(design, options.Intercept);
        PathLoss loss = data.FeatureCount <= columns.Target.Length ? new GramLeastSquares(columns) : new ResidualLeastSquares(columns);
        return Fit(data, options, design, loss, nameof(MeanSquaredError),
            () => new LinearRegression(intercept: options.Intercept), cancellationToken);
    }

    /// <summary>Fits logistic regressions at decreasing strengths.</summary>
    /// <param name="data">The samples. Their only target is 0 or 1; both must occur with a weight greater than 0.</param>
    /// <param name="options">The settings; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits.</param>
    /// <exception cref="ArgumentException">
    /// A target is neither 0 nor 1, a class is missing, or no strengths are given and none follow from the data, because no feature is
    /// correlated with the target.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RegularizationPath<LogisticRegression> Logistic(
        Dataset data, PathOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ClassifierFitting.RequireClasses(data, classCount: 2);
        options ??= new();
        var design = new PathDesign(data, options);
        return Fit(data, options, design, new LogisticPathLoss(design, options.Intercept), nameof(BinaryCrossEntropy),
            () => new LogisticRegression(options.Intercept), cancellationToken);
    }

    private static RegularizationPath<TModel> Fit<TModel>(
        Dataset data,
        PathOptions options,
        PathDesign design,
        PathLoss loss,
        string lossName,
        Func<TModel> create,
        CancellationToken cancellationToken)
        where TModel : LinearModel
    {
        ImmutableArray<double> strengths = options.Strengths.IsDefault ? StrengthsFor(loss, options, design) : options.Strengths;
        var solver = new ElasticNetSolver(loss);
        ImmutableArray<PathPoint<TModel>>.Builder points = ImmutableArray.CreateBuilder<PathPoint<TModel>>(strengths.Length);
        foreach (double strength in strengths)
        {
            var penalty = new ElasticNet(strength * options.L1Ratio, strength * (1 - options.L1Ratio));
            double tolerance = options.GapTolerance * loss.NullLoss;
            (double gap, int iterations) = solver.Solve(penalty, tolerance, options.MaxIterations, cancellationToken);
            TModel model = create();
            model.SetParameters([.. design.InUsersUnits(loss.Weights, loss.Intercept)], data.FeatureCount, new FitMethod
            {
                Loss = lossName,
                Scaling = options.Standardize ? FeatureScaling.Standardize : FeatureScaling.None,
                TargetScaling = FeatureScaling.None,
                Penalty = $"{new ElasticNetPenalty(strength, options.L1Ratio)}{(options.Standardize ? " of standardised features" : "")}",
            });
            points.Add(new PathPoint<TModel>(model)
            {
                Strength = strength,
                Loss = loss.Loss,
                Objective = loss.Loss + penalty.Value(loss.Weights),
                DevianceExplained = loss.NullLoss == 0 ? double.NaN : 1 - loss.Loss / loss.NullLoss,
                DualityGap = gap,
                IsConverged = gap <= tolerance,
                Iterations = iterations,
            });
        }

        return new RegularizationPath<TModel>(points.MoveToImmutable(), loss.NullLoss, data);
    }

    private static ImmutableArray<double> StrengthsFor(PathLoss loss, PathOptions options, PathDesign design)
    {
        double largest = loss.Slopes.Max(Math.Abs) / Math.Max(options.L1Ratio, SmallestL1Ratio);
        if (largest == 0)
            throw Guard.Invalid("data", $"No feature is correlated with the target: all weights are 0 at every strength.");
        double ratio = options.SmallestRatio
            ?? (design.Targets.Length < design.Columns.Length ? SmallestRatioOfWideData : SmallestRatio);
        return [.. Enumerable.Range(0, options.Count).Select(k => largest * Elementary.Pow(ratio, (double)k / (options.Count - 1)))];
    }
}

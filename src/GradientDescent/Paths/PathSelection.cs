using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A regularization path on all samples, and the scores of its strengths on folds.</summary>
/// <remarks>
/// The strengths are those of the path on all samples. On each fold the path is fitted to the training samples, features standardised
/// anew, and each strength is scored on the test samples. Each fold counts alike.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// PathSelection&lt;LinearRegression&gt; selection = PathSelection.Linear(data, Folds.KFold(data.SampleCount, count: 10));
/// Console.WriteLine(selection.Simplest.NonzeroCount &lt;= selection.Best.NonzeroCount);   // True
/// </code></example>
public static class PathSelection
{
    /// <summary>Cross-validates the path of a linear regression.</summary>
    /// <param name="data">The samples, with one target each.</param>
    /// <param name="folds">The folds; see <see cref="Folds"/>.</param>
    /// <param name="path">The settings of the path; <see langword="null"/>: the defaults.</param>
    /// <param name="score">The score; <see langword="null"/>: the mean squared error.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits.</param>
    /// <exception cref="ArgumentException">
    /// The data or the training samples of a fold cannot be fitted; see <see cref="RegularizationPath.Linear"/>. Or the mean score is NaN
    /// at every strength.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PathSelection<LinearRegression> Linear(
        Dataset data,
        IReadOnlyList<Fold> folds,
        PathOptions? path = null,
        IScore<LinearRegression>? score = null,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Run(data, folds, RegularizationPath.Linear, path, score ?? ModelScore.MeanSquaredError, options, cancellationToken);

    /// <summary>Cross-validates the path of a logistic regression.</summary>
    /// <inheritdoc cref="Linear"/>
    /// <param name="data">The samples. Their only target is 0 or 1.</param>
    /// <param name="folds">The folds; see <see cref="Folds.Stratified(Dataset, int, long, int)"/>.</param>
    /// <param name="path">The settings of the path; <see langword="null"/>: the defaults.</param>
    /// <param name="score">The score; <see langword="null"/>: the log loss.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits.</param>
    public static PathSelection<LogisticRegression> Logistic(
        Dataset data,
        IReadOnlyList<Fold> folds,
        PathOptions? path = null,
        IScore<LogisticRegression>? score = null,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Run(data, folds, RegularizationPath.Logistic, path, score ?? ModelScore.LogLoss, options, cancellationToken);

    private static PathSelection<TModel> Run<TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        Func<Dataset, PathOptions?, CancellationToken, RegularizationPath<TModel>> fit,
        PathOptions? path,
        IScore<TModel> score,
        SelectionOptions? options,
        CancellationToken cancellationToken)
        where TModel : LinearModel
    {
        CrossValidation.RequireFolds(data, folds);
        RegularizationPath<TModel> all = fit(data, path, cancellationToken);
        PathOptions same = (path ?? new()) with { Strengths = [.. all.Points.Select(point => point.Strength)] };
        (double[] Scores, bool IsConverged)[] results = ParallelFits.Run(data, folds.Count, options, k =>
        {
            RegularizationPath<TModel> training = fit(data.Select(folds[k].Training.AsSpan()), same, cancellationToken);
            Dataset test = data.Select(folds[k].Test.AsSpan());
            return (training.Points.Select(point => score.Evaluate(point.Model, test)).ToArray(), training.IsConverged);
        }, cancellationToken);
        ImmutableArray<ImmutableArray<double>> scores =
            [.. all.Points.Select((_, point) => results.Select(result => result.Scores[point]).ToImmutableArray())];
        return new PathSelection<TModel>(all, scores, score.Name, score.IsGreaterBetter, results.Count(result => !result.IsConverged));
    }
}

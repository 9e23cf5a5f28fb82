using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Scores of a fit for training sets of several sizes: do more samples help?</summary>
/// <remarks>
/// For each fold and each size n, the model is fitted to the first n training samples in a random order of the fold, so a larger set has
/// the samples of a smaller one. If both scores are bad and near each other, more samples do not help; a model with more features may. If
/// they are far apart, more samples help.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var curve = LearningCurve.Run(data, Folds.KFold(data.SampleCount), [50, 100, 300],
///     ModelScore.RSquared, (training, cancellation) =&gt; LinearRegression.Fit(training, cancellationToken: cancellation));
/// Console.WriteLine(curve[2].Test.Mean &gt; curve[0].Test.Mean);   // True
/// </code></example>
public static class LearningCurve
{
    /// <summary>Computes the scores on training and test samples for each size.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="folds">The folds; see <see cref="Folds"/>.</param>
    /// <param name="sizes">The numbers of training samples, from 1 to the training samples of the smallest fold.</param>
    /// <param name="score">The score; see <see cref="ModelScore"/>.</param>
    /// <param name="fit">
    /// A function that fits a new model to training samples; several threads call it at a time. Its exceptions are in the points.
    /// </param>
    /// <param name="seed">The seed of the random orders.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits; the function gets it too.</param>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <returns>One point for each size, in the order of the sizes.</returns>
    /// <exception cref="ArgumentException">There are no folds or sizes, or a size is out of its interval.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<CurvePoint<int>> Run<TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IReadOnlyList<int> sizes,
        IScore<TModel> score,
        Func<Dataset, CancellationToken, FittedModel<TModel>> fit,
        long seed = 0,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        CrossValidation.RequireFolds(data, folds);
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(fit);
        int smallest = folds.Min(fold => fold.Training.Length);
        foreach (int size in sizes)
            Guard.FromTo(size, 1, smallest, nameof(sizes));
        int[][] orders = TrainingOrders.Of(folds, seed);
        return CurveFits.Run(data, folds, sizes, score, options,
            (size, k) => data.Select(orders[k].AsSpan(0, size)), (_, training, cancellation) => fit(training, cancellation),
            cancellationToken);
    }
}

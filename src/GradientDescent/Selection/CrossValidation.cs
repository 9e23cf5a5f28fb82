namespace GradientDescent;

/// <summary>Fits a model to the training samples of each fold and scores it on the test samples.</summary>
/// <remarks>
/// The folds are independent and run on several threads; the results have the same bits for any number of threads. A fold whose fit or
/// score throws an exception has it in <see cref="FoldResult{TModel}.Error"/>, and the other folds go on.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var result = CrossValidation.Linear(data, Folds.KFold(data.SampleCount, count: 10, seed: 1), ModelScore.RootMeanSquaredError);
/// Console.WriteLine(result.Summary.Mean is &gt; 53 and &lt; 56);   // True
/// </code></example>
public static class CrossValidation
{
    /// <summary>Cross-validates a linear regression by least squares.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="folds">The folds; see <see cref="Folds"/>.</param>
    /// <param name="score">The score.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits.</param>
    /// <exception cref="ArgumentException">There are no folds, or the data does not have the samples of a fold.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CrossValidationResult<LinearRegression> Linear(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IScore<LinearRegression> score,
        bool intercept = true,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default) => Run(data, folds, score, (training, cancellation) =>
            LinearRegression.Fit(training, intercept, cancellation), options, cancellationToken);

    /// <summary>Cross-validates a logistic regression.</summary>
    /// <inheritdoc cref="Linear"/>
    /// <param name="data">The samples. Their only target is 0 or 1.</param>
    /// <param name="folds">The folds; see <see cref="Folds.Stratified(Dataset, int, long, int)"/>.</param>
    /// <param name="score">The score.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits.</param>
    public static CrossValidationResult<LogisticRegression> Logistic(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IScore<LogisticRegression> score,
        bool intercept = true,
        IPenalty? penalty = null,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default) => Run(data, folds, score, (training, cancellation) =>
            LogisticRegression.Fit(training, intercept, penalty, cancellation), options, cancellationToken);

    /// <summary>Cross-validates a softmax regression.</summary>
    /// <inheritdoc cref="Logistic"/>
    /// <param name="data">The samples. Their only target is a class: 0, 1, 2, ….</param>
    /// <param name="folds">The folds; see <see cref="Folds.Stratified(Dataset, int, long, int)"/>.</param>
    /// <param name="score">The score.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits.</param>
    public static CrossValidationResult<SoftmaxRegression> Softmax(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IScore<SoftmaxRegression> score,
        bool intercept = true,
        IPenalty? penalty = null,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default) => Run(data, folds, score, (training, cancellation) =>
            SoftmaxRegression.Fit(training, intercept, penalty, cancellation), options, cancellationToken);

    /// <summary>Cross-validates a fit of your own.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="folds">The folds; see <see cref="Folds"/>.</param>
    /// <param name="score">The score; see <see cref="ModelScore"/>.</param>
    /// <param name="fit">A function that fits a new model to training samples; several threads call it at a time.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits; the function gets it too.</param>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <exception cref="ArgumentException">There are no folds, or the data does not have the samples of a fold.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CrossValidationResult<TModel> Run<TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IScore<TModel> score,
        Func<Dataset, CancellationToken, FittedModel<TModel>> fit,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        RequireFolds(data, folds);
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(fit);
        FoldResult<TModel>[] results = ParallelFits.Run(
            data, folds.Count, options, k => RunFold(data, folds[k], score, fit, cancellationToken), cancellationToken);
        return new([.. results], data, score.Name, score.IsGreaterBetter);
    }

    /// <summary>Fits and scores one fold. An exception is in the result, unless the token was cancelled.</summary>
    internal static FoldResult<TModel> RunFold<TModel>(
        Dataset data,
        Fold fold,
        IScore<TModel> score,
        Func<Dataset, CancellationToken, FittedModel<TModel>> fit,
        CancellationToken cancellationToken)
    {
        FittedModel<TModel>? fitted = null;
        try
        {
            fitted = fit(data.Select(fold.Training.AsSpan()), cancellationToken);
            return new(fold)
            {
                Model = fitted.Model,
                Training = fitted.Training,
                Score = score.Evaluate(fitted.Model, data.Select(fold.Test.AsSpan())),
            };
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new(fold)
            {
                Model = fitted is null ? default : fitted.Model,
                Training = fitted?.Training,
                Error = error,
            };
        }
    }

    internal static void RequireFolds(Dataset data, IReadOnlyList<Fold> folds)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(folds);
        if (folds.Count == 0)
            throw Guard.Invalid(nameof(folds), $"There are no folds: at least one is needed.");
        int largest = folds.Max(fold => Math.Max(fold.Training.Max(), fold.Test.Max()));
        if (largest >= data.SampleCount)
            throw Guard.Invalid(nameof(folds), $"A fold has the sample {largest}: the data has samples from 0 to {data.SampleCount - 1}.");
    }
}

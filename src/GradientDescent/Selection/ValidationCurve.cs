using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Scores of a fit for several values of one setting, such as the strength of a penalty or the degree of a polynomial.</summary>
/// <remarks>If the score is much better on training samples than on test samples, the model fits noise.</remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// double[] strengths = [1e-3, 1, 1e4];
/// var curve = ValidationCurve.Run(data, Folds.KFold(data.SampleCount), strengths,
///     ModelScore.RSquared, (strength, training, cancellation) =&gt;
///     {
///         var model = new LinearRegression();
///         var options = new FitOptions { Penalty = new L2Penalty(strength) };
///         TrainingResult ended = new Trainer().Fit(model, training, options: options, cancellationToken: cancellation);
///         return new(model, ended);
///     });
/// Console.WriteLine(curve.MaxBy(point =&gt; point.Test.Mean).Value &lt; 1e4);   // True
/// </code></example>
public static class ValidationCurve
{
    /// <summary>Computes the scores on training and test samples for each value.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="folds">The folds; see <see cref="Folds"/>.</param>
    /// <param name="values">The values of the setting.</param>
    /// <param name="score">The score; see <see cref="ModelScore"/>.</param>
    /// <param name="fit">
    /// A function that fits a new model with a value to training samples; several threads call it at a time. Its exceptions are in the
    /// points.
    /// </param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits; the function gets it too.</param>
    /// <typeparam name="TValue">The type of the setting.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <returns>One point for each value, in the order of the values.</returns>
    /// <exception cref="ArgumentException">There are no folds or values.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<CurvePoint<TValue>> Run<TValue, TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IReadOnlyList<TValue> values,
        IScore<TModel> score,
        Func<TValue, Dataset, CancellationToken, FittedModel<TModel>> fit,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        CrossValidation.RequireFolds(data, folds);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(fit);
        return CurveFits.Run(data, folds, values, score, options,
            (_, k) => data.Select(folds[k].Training.AsSpan()), fit, cancellationToken);
    }
}

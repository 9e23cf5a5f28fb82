using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Fits and scores a model for each value and each fold.</summary>
internal static class CurveFits
{
    public static ImmutableArray<CurvePoint<TValue>> Run<TValue, TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IReadOnlyList<TValue> values,
        IScore<TModel> score,
        SelectionOptions? options,
        Func<TValue, int, Dataset> trainingOf,
        Func<TValue, Dataset, CancellationToken, FittedModel<TModel>> fit,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(fit);
        if (values.Count == 0)
            throw Guard.Invalid(nameof(values), $"There are no values: at least one is needed.");
        CurveScore[] scores = ParallelFits.Run(data, values.Count * folds.Count, options, index =>
        {
            (int v, int k) = (index / folds.Count, index % folds.Count);
            try
            {
                Dataset training = trainingOf(values[v], k), test = data.Select(folds[k].Test.AsSpan());
                FittedModel<TModel> fitted = fit(values[v], training, cancellationToken);
                return new CurveScore
                {
                    Training = score.Evaluate(fitted.Model, training),
                    Test = score.Evaluate(fitted.Model, test),
                    IsConverged = fitted.IsConverged,
                };
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                return new CurveScore { Error = error };
            }
        }, cancellationToken);
        return [.. values.Select((value, v) => new CurvePoint<TValue>(value, [.. scores.AsSpan(v * folds.Count, folds.Count)]))];
    }
}

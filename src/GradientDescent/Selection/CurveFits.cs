using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Fits and scores a model for each value and each fold; an exception of a fit ends the curve.</summary>
internal static class CurveFits
{
    public static ImmutableArray<CurvePoint<TValue>> Run<TValue, TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IReadOnlyList<TValue> values,
        IScore<TModel> score,
        SelectionOptions? options,
        Func<TValue, int, TModel> fit,
        Func<TValue, int, Dataset> trainingOf,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(score);
        if (values.Count == 0)
            throw Guard.Invalid(nameof(values), $"There are no values: at least one is needed.");
        (double Training, double Test)[] scores = ParallelFits.Run(values.Count * folds.Count, options, index =>
        {
            (int v, int k) = (index / folds.Count, index % folds.Count);
            TModel model = fit(values[v], k);
            Dataset test = data.Select(folds[k].Test.AsSpan());
            return (score.Evaluate(model, trainingOf(values[v], k)), score.Evaluate(model, test));
        }, cancellationToken);
        return [.. values.Select((value, v) =>
        {
            ArraySegment<(double Training, double Test)> own = new(scores, v * folds.Count, folds.Count);
            return new CurvePoint<TValue>(value, [.. own.Select(pair => pair.Training)], [.. own.Select(pair => pair.Test)]);
        })];
    }
}

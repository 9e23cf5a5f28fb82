namespace GradientDescent;

/// <summary>Scores settings on folds, all fits side by side.</summary>
internal sealed class SettingScorer<TSetting, TModel>
{
    private readonly Dataset _data;
    private readonly IScore<TModel> _score;
    private readonly Func<TSetting, Dataset, CancellationToken, FittedModel<TModel>> _fit;
    private readonly SelectionOptions? _options;
    private readonly CancellationToken _cancellation;

    /// <exception cref="ArgumentException">There are no folds, or the data does not have the samples of a fold.</exception>
    public SettingScorer(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IScore<TModel> score,
        Func<TSetting, Dataset, CancellationToken, FittedModel<TModel>> fit,
        SelectionOptions? options,
        CancellationToken cancellation)
    {
        CrossValidation.RequireFolds(data, folds);
        (_data, _score, _fit) = (data, Guard.NotNull(score), Guard.NotNull(fit));
        (_options, _cancellation) = (options, cancellation);
    }

    /// <summary>Returns the settings with their results, the best first; of equal ones, the earlier first.</summary>
    /// <exception cref="InvalidOperationException">Every setting failed on a fold.</exception>
    public SearchRound<TSetting, TModel> Score(IReadOnlyList<TSetting> settings, IReadOnlyList<Fold> folds)
    {
        FoldResult<TModel>[] results = ParallelFits.Run(_data, settings.Count * folds.Count, _options, index =>
        {
            TSetting setting = settings[index / folds.Count];
            return CrossValidation.RunFold(
                _data, folds[index % folds.Count], _score,
                (training, cancellation) => _fit(setting, training, cancellation), _cancellation);
        }, _cancellation);
        IEnumerable<SearchCandidate<TSetting, TModel>> candidates = settings.Select((setting, s) => new SearchCandidate<TSetting, TModel>(
            setting,
            new([.. results.AsSpan(s * folds.Count, folds.Count)], _data, _score.Name, _score.IsGreaterBetter)));
        SearchCandidate<TSetting, TModel>[] ranked = [.. candidates.OrderBy(candidate => Rank(candidate.Result.Summary.Mean))];
        return double.IsNaN(ranked[0].Result.Summary.Mean)
            ? throw NoneIsLeft(ranked[0].Result)
            : new SearchRound<TSetting, TModel>(folds.Max(fold => fold.Training.Length), [.. ranked]);
    }

    /// <summary>Returns a number that is smaller for a better score, and +∞ for a score that is not a number.</summary>
    private double Rank(double mean) => double.IsNaN(mean) ? double.PositiveInfinity : _score.IsGreaterBetter ? -mean : mean;

    private static InvalidOperationException NoneIsLeft(CrossValidationResult<TModel> first)
    {
        Exception? error = first.Folds.FirstOrDefault(fold => fold.Error is not null)?.Error;
        return new InvalidOperationException(
            $"No setting has a score on all folds: {error?.Message ?? "the score is not a number"}", error);
    }
}

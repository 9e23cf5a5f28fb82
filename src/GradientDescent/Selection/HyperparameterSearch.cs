using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Finds the best of several settings by their scores on folds.</summary>
/// <remarks>
/// A setting is a value of any type: a number, a tuple, a record. A grid is a query over several lists; <see cref="RandomSettings"/> draws
/// settings at random, which finds good ones faster if few of the numbers matter (Bergstra and Bengio, "Random Search for Hyper-Parameter
/// Optimization", 2012). The score of the best setting is a little too good, because it was chosen by it: for an honest one, keep samples
/// back with <see cref="Dataset.Split"/> before.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var grid = from strength in (double[])[0.01, 1, 100]
///            from ratio in (double[])[0.5, 1]
///            select (strength, ratio);
/// var search = HyperparameterSearch.Run(data, Folds.KFold(data.SampleCount), [.. grid], ModelScore.RSquared,
///     (setting, training, cancellation) =&gt;
///     {
///         var model = new LinearRegression();
///         var options = new FitOptions { Penalty = new ElasticNetPenalty(setting.strength, setting.ratio) };
///         return new FittedModel&lt;LinearRegression&gt;(
///             model, new Trainer().Fit(model, training, options: options, cancellationToken: cancellation));
///     });
/// Console.WriteLine(search.Best.Setting.strength &lt; 100);   // True
/// </code></example>
public static class HyperparameterSearch
{
    /// <summary>Scores every setting on every fold.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="folds">The folds; see <see cref="Folds"/>.</param>
    /// <param name="settings">The settings, at least one.</param>
    /// <param name="score">The score; see <see cref="ModelScore"/>.</param>
    /// <param name="fit">A function that fits a new model with a setting to training samples; several threads call it at a time.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits; the function gets it too.</param>
    /// <typeparam name="TSetting">The type of a setting.</typeparam>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <exception cref="ArgumentException">There are no folds or settings.</exception>
    /// <exception cref="InvalidOperationException">Every setting failed on a fold; the inner exception is the first one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SearchResult<TSetting, TModel> Run<TSetting, TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IReadOnlyList<TSetting> settings,
        IScore<TModel> score,
        Func<TSetting, Dataset, CancellationToken, FittedModel<TModel>> fit,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var scorer = new SettingScorer<TSetting, TModel>(data, folds, score, fit, options, cancellationToken);
        return new([scorer.Score(RequireSettings(settings), folds)]);
    }

    /// <summary>
    /// Scores all settings on small training sets, then the best of them on larger ones, and so on: successive halving.
    /// </summary>
    /// <remarks>
    /// Each round keeps the best 1/<paramref name="factor"/> of the settings and trains on <paramref name="factor"/> times as many samples;
    /// the last one, with at most <paramref name="factor"/> settings if there are rounds enough, trains on all training samples of the
    /// folds. The samples of a smaller set are in the larger one. Test samples are the same in all rounds. Jamieson and Talwalkar,
    /// "Non-stochastic Best Arm Identification and Hyperparameter Optimization", 2016.
    /// </remarks>
    /// <inheritdoc cref="Run"/>
    /// <param name="data">The samples.</param>
    /// <param name="folds">The folds; see <see cref="Folds"/>.</param>
    /// <param name="settings">The settings, at least one.</param>
    /// <param name="score">The score; see <see cref="ModelScore"/>.</param>
    /// <param name="fit">A function that fits a new model with a setting to training samples; several threads call it at a time.</param>
    /// <param name="factor">The factor η between rounds, at least 2.</param>
    /// <param name="minTrainingSamples">The smallest training set of the first round, at least 1.</param>
    /// <param name="seed">The seed of the random orders of the training samples.</param>
    /// <param name="options">How the fits run; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the fits; the function gets it too.</param>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// double[] rates = RandomSettings.Draw(20, random =&gt; random.LogUniform(1e-4, 1));
    /// var search = HyperparameterSearch.Halving(data, Folds.KFold(data.SampleCount), rates, ModelScore.RSquared,
    ///     (rate, training, cancellation) =&gt;
    ///     {
    ///         var model = new LinearRegression();
    ///         var trainer = new Trainer(new Adam(rate), new TrainingOptions { MaxEpochs = 20 });
    ///         return new FittedModel&lt;LinearRegression&gt;(model, trainer.Fit(model, training, cancellationToken: cancellation));
    ///     });
    /// Console.WriteLine(string.Join(", ", search.Rounds.Select(round =&gt; round.Candidates.Length)));   // 20, 7
    /// </code></example>
    public static SearchResult<TSetting, TModel> Halving<TSetting, TModel>(
        Dataset data,
        IReadOnlyList<Fold> folds,
        IReadOnlyList<TSetting> settings,
        IScore<TModel> score,
        Func<TSetting, Dataset, CancellationToken, FittedModel<TModel>> fit,
        int factor = 3,
        int minTrainingSamples = 100,
        long seed = 0,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var scorer = new SettingScorer<TSetting, TModel>(data, folds, score, fit, options, cancellationToken);
        IReadOnlyList<TSetting> left = RequireSettings(settings);
        Guard.AtLeast(factor, 2);
        Guard.AtLeast(minTrainingSamples, 1);
        int[][] orders = TrainingOrders.Of(folds, seed);
        ImmutableArray<SearchRound<TSetting, TModel>>.Builder rounds = ImmutableArray.CreateBuilder<SearchRound<TSetting, TModel>>();
        foreach (long divisor in Divisors(left.Count, folds.Min(fold => fold.Training.Length), factor, minTrainingSamples))
        {
            Fold[] smaller = [.. folds.Select((fold, k) =>
                new Fold([.. orders[k].AsSpan(0, (int)(orders[k].Length / divisor)).ToArray().Order()], fold.Test))];
            rounds.Add(scorer.Score(left, smaller));
            left = [.. rounds[^1].Candidates.Take(HalvingCounts.Kept(left.Count, factor)).Select(candidate => candidate.Setting)];
        }

        return new(rounds.ToImmutable());
    }

    /// <summary>Returns by which number each round divides the training samples: powers of the factor down to 1.</summary>
    private static long[] Divisors(int settings, int trainingSamples, int factor, int minTrainingSamples)
    {
        long divisor = 1;
        List<long> divisors = [1];
        while (settings > factor && trainingSamples / (divisor * factor) >= minTrainingSamples)
        {
            divisors.Add(divisor *= factor);
            settings = HalvingCounts.Kept(settings, factor);
        }

        return [.. Enumerable.Reverse(divisors)];
    }

    private static IReadOnlyList<TSetting> RequireSettings<TSetting>(IReadOnlyList<TSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Count > 0 ? settings : throw Guard.Invalid(nameof(settings), $"There are no settings: at least one is needed.");
    }
}

using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>How much worse a model predicts when the values of one feature are exchanged among the samples at random.</summary>
/// <remarks>
/// Breiman, "Random Forests", 2001, section 10. A drop near 0 says that this model does not need this feature; of correlated features, each
/// can stand in for the others, so that all of them may have small drops. Test samples show what helps on new data.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// (Dataset training, Dataset test) = data.Split(0.75);
/// LinearRegression model = LinearRegression.Fit(training).Model;
/// var importances = PermutationImportance.Compute(model, test, ModelScore.RSquared, repeats: 20);
/// Console.WriteLine(importances.MaxBy(importance =&gt; importance.Drop.Mean).Feature);   // s5
/// </code></example>
public static class PermutationImportance
{
    private const long FirstStream = -2000;

    /// <summary>Computes the drop of the score for each feature.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="data">The samples to predict.</param>
    /// <param name="score">The score; see <see cref="ModelScore"/>.</param>
    /// <param name="repeats">The number of random orders for each feature, at least 1.</param>
    /// <param name="seed">The seed of the random orders. The same seed gives the same drops.</param>
    /// <param name="options">How the features are divided among threads; <see langword="null"/>: the defaults.</param>
    /// <param name="cancellationToken">A token that ends the work.</param>
    /// <typeparam name="TModel">The type of the model.</typeparam>
    /// <returns>One result for each feature, in the order of the features.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than one repeats.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ImmutableArray<FeatureImportance> Compute<TModel>(
        TModel model,
        Dataset data,
        IScore<TModel> score,
        int repeats = 10,
        long seed = 0,
        SelectionOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(score);
        Guard.AtLeast(repeats, 1);
        double whole = score.Evaluate(model, data), sign = score.IsGreaterBetter ? 1 : -1;
        return [.. ParallelFits.Run(data, data.FeatureCount, options, feature =>
        {
            double[] drops = new double[repeats];
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int[] order = new int[data.SampleCount];
                new CounterRandom(seed, FirstStream - ((long)feature * repeats + repeat)).Permutation(order);
                drops[repeat] = sign * (whole - score.Evaluate(model, data.WithShuffledFeature(feature, order)));
            }

            return new FeatureImportance(data.FeatureNames[feature], drops);
        }, cancellationToken)];
    }
}

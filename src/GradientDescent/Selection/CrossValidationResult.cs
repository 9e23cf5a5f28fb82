using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The results of all folds of a cross-validation, and their mean.</summary>
/// <typeparam name="TModel">The type of the model.</typeparam>
public sealed class CrossValidationResult<TModel>
{
    private readonly Dataset _data;

    internal CrossValidationResult(ImmutableArray<FoldResult<TModel>> folds, Dataset data, string scoreName, bool isGreaterBetter)
    {
        (Folds, _data, ScoreName, IsGreaterBetter) = (folds, data, scoreName, isGreaterBetter);
        Summary = new ScoreSummary([.. folds.Select(fold => fold.Score)]);
    }

    /// <summary>The result of each fold, in the order of the folds.</summary>
    public ImmutableArray<FoldResult<TModel>> Folds { get; }

    /// <summary>The name of the score.</summary>
    public string ScoreName { get; }

    /// <summary>Whether a greater score is better.</summary>
    public bool IsGreaterBetter { get; }

    /// <summary>Mean, standard deviation and standard error of the scores; NaN if a fold failed, because its score is not known.</summary>
    public ScoreSummary Summary { get; }

    /// <summary>The number of folds whose fit or score threw an exception.</summary>
    public int FailedCount => Folds.Count(fold => fold.Error is not null);

    /// <summary>The number of folds whose fit ended without an exception, but has not converged.</summary>
    public int UnconvergedCount => Folds.Count(fold => fold.Error is null && !fold.IsConverged);

    /// <summary>Predicts each sample by the models that were not trained on it, in the order of the data.</summary>
    /// <param name="predict">A function that returns one number for each sample of a data set.</param>
    /// <returns>
    /// One number for each sample: the mean over repetitions; NaN for a sample that is in no test part or whose folds failed.
    /// </returns>
    /// <exception cref="ArgumentException">The function returned too few or too many numbers.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// var result = CrossValidation.Linear(data, Folds.KFold(data.SampleCount), ModelScore.RSquared);
    /// var predicted = result.PredictOutOfFold((model, test) =&gt; model.PredictAll(test));
    /// Console.WriteLine(predicted.Length);   // 442
    /// </code></example>
    public ImmutableArray<double> PredictOutOfFold(Func<TModel, Dataset, IReadOnlyList<double>> predict)
    {
        ArgumentNullException.ThrowIfNull(predict);
        double[] sums = new double[_data.SampleCount];
        int[] counts = new int[sums.Length];
        foreach (FoldResult<TModel> fold in Folds.Where(fold => fold.Error is null))
        {
            ImmutableArray<int> test = fold.Fold.Test;
            IReadOnlyList<double> predictions = predict(fold.Model!, _data.Select(test.AsSpan()));
            if (predictions.Count != test.Length)
                throw Guard.Invalid(nameof(predict), $"There are {predictions.Count} predictions for {test.Length} samples.");
            for (int i = 0; i < test.Length; i++)
            {
                sums[test[i]] += predictions[i];
                counts[test[i]]++;
            }
        }

        return [.. sums.Zip(counts, (sum, count) => sum / count)]; // 0/0 is NaN
    }

    /// <summary>The mean with its standard error, and the folds that failed or did not converge.</summary>
    public override string ToString() => $"{ScoreName} {Summary}, {Format.Count(Folds.Length, "fold")}"
        + (FailedCount > 0 ? Format.Text($"; {FailedCount} failed: {Folds.First(fold => fold.Error is not null).Error!.Message}") : "")
        + (UnconvergedCount > 0 ? Format.Text($"; {UnconvergedCount} not converged") : "");
}

namespace GradientDescent;

/// <summary>
/// Data that a fit does not train on. The loss on it is measured after every epoch, and the parameters with the lowest loss are returned,
/// whatever the stop reason is.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// (Dataset training, Dataset held) = data.Split(0.8);
/// var options = new FitOptions { Validation = Validation.From(held) };
/// TrainingResult result = new Trainer(new Adam(0.05), new() { MaxEpochs = 50 }).Fit(new LinearRegression(), training, options: options);
/// Console.WriteLine(result.BestBy);   // ValidationLoss
/// </code></example>
public sealed record Validation
{
    private Validation(double share, Dataset? data) => (Share, Data) = (share, data);

    /// <summary>Holds out samples that are chosen at random with the run's seed; for classifiers, this share of each class.</summary>
    /// <remarks>
    /// The samples are those of the first part of <see cref="Dataset.Split"/>, or for classifiers of <see
    /// cref="Dataset.SplitByClass"/>. A fit
    /// refuses a share that leaves one part without a sample of a weight above 0.
    /// </remarks>
    /// <param name="share">The share of the samples, greater than 0 and less than 1.</param>
    public static Validation HoldOut(double share) => new(Guard.Between(share, 0, 1), null);

    /// <summary>Uses separate data.</summary>
    /// <param name="data">The data, with as many features and targets as the training data.</param>
    public static Validation From(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(0, data);
    }

    private double Share { get; }

    private Dataset? Data { get; }

    /// <summary>
    /// Returns the training data, the validation data, and the indices of the rows that are trained on if these are not all rows.
    /// </summary>
    internal (Dataset Training, Dataset Validation, int[]? TrainingRows) Divide(Dataset data, ModelTask task, long seed)
    {
        if (Data is null)
        {
            (int[] held, int[] rest) = data.DivideSamples(task != ModelTask.Regression, Share, seed, "share");
            return (data.Select(rest), data.Select(held), rest);
        }

        if (Data.FeatureCount != data.FeatureCount || Data.TargetCount != data.TargetCount)
            throw Guard.Invalid(
                nameof(Validation),
                $"The validation data has {Format.Count(Data.FeatureCount, "feature")} and {Format.Count(Data.TargetCount, "target")}: " +
                $"the training data has {data.FeatureCount} and {data.TargetCount}.");
        return (data, Data, null);
    }

    /// <summary>Returns the share or the data as text.</summary>
    public override string ToString() => Data is null ? Format.Text($"hold out {Share}") : Data.ToString();
}

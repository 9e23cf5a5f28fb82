namespace GradientDescent;

public sealed partial class LogisticRegression
{
    /// <summary>
    /// Judges the probabilities of this model on samples: confusion matrix, precision and recall, ROC curve, calibration and more.
    /// </summary>
    /// <remarks>
    /// On the samples of the fit, all figures are better than on other samples: judge a model by samples that it has not seen.
    /// </remarks>
    /// <param name="data">
    /// The samples, with as many features as the data of the fit, and 0 or 1 as their only target; their weights are used.
    /// </param>
    /// <param name="labels">The labels of class 0 and class 1; <see langword="null"/>: 0 and 1.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model, or there are not two labels.</exception>
    /// <example><code>
    /// double[] hours = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], unseen = [0.8, 1.6, 2.2, 2.8, 3.3, 4.2];
    /// LogisticRegression model = LogisticRegression.Fit(hours, [false, false, false, true, false, true, true, true]).Model;
    /// ClassificationReport report = model.Report(Dataset.From(unseen, [0, 0, 1, 0, 1, 1]), ["failed", "passed"]);
    /// Console.WriteLine(report.Confusion[actual: 0, predicted: 1]);   // 1
    /// Console.WriteLine($"{report.Classes[1].Label}: AUC {report.Roc.Area:F3}");   // passed: AUC 0.889
    /// </code></example>
    public ClassificationReport Report(Dataset data, IReadOnlyList<string>? labels = null) => ModelReports.Of(this, data, labels);
}

public sealed partial class SoftmaxRegression
{
    /// <inheritdoc cref="LogisticRegression.Report"/>
    /// <param name="data">
    /// The samples, with as many features as the data of the fit, and a class (0, 1, …) as their only target; their weights are used.
    /// </param>
    /// <param name="labels">The label of each class; <see langword="null"/>: their indices.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model, or the count of labels differs.</exception>
    public ClassificationReport Report(Dataset data, IReadOnlyList<string>? labels = null) => ModelReports.Of(this, data, labels);
}

public sealed partial class FeedForwardNetwork
{
    /// <inheritdoc cref="SoftmaxRegression.Report"/>
    /// <exception cref="InvalidOperationException">The network has not been fitted, or is a regression.</exception>
    public ClassificationReport Report(Dataset data, IReadOnlyList<string>? labels = null)
    {
        RequireClasses();
        return ModelReports.Of(this, data, labels);
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class LinearRegression
{
    /// <summary>Returns the predicted value of each sample, for a model with one output.</summary>
    /// <param name="data">The samples, with as many features as the data of the fit; their targets are not used.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted, or has several outputs.</exception>
    /// <exception cref="ArgumentException">The data has a different number of features.</exception>
    public ImmutableArray<double> PredictAll(Dataset data) => OutputCount == 1
        ? [.. ModelEvaluation.Scores(this, data)]
        : throw new InvalidOperationException(Format.Text($"The model has {OutputCount} outputs: use {nameof(Scores)}."));

    /// <summary>Computes squared and absolute errors of the predictions.</summary>
    /// <param name="data">The samples, with as many features and targets as the data of the fit.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// (Dataset training, Dataset test) = data.Split(0.75);
    /// RegressionMetrics metrics = LinearRegression.Fit(training).Model.Evaluate(test);
    /// Console.WriteLine($"R² {metrics.RSquared:F2}");   // R² 0.53
    /// </code></example>
    public RegressionMetrics Evaluate(Dataset data) => ModelEvaluation.Regression(this, data);
}

public sealed partial class LogisticRegression
{
    /// <summary>Returns the class of each sample.</summary>
    /// <param name="data">The samples, with as many features as the data of the fit; their targets are not used.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data has a different number of features.</exception>
    public ImmutableArray<bool> PredictAll(Dataset data) => [.. ModelEvaluation.Scores(this, data).Select(score => score >= 0)];

    /// <summary>Returns the probability of class 1 for each sample.</summary>
    /// <inheritdoc cref="PredictAll(Dataset)"/>
    public ImmutableArray<double> PredictProbabilities(Dataset data) =>
        [.. ModelEvaluation.Scores(this, data).Select(score => Elementary.Sigmoid(score))];

    /// <summary>Computes accuracy and log loss of the predictions.</summary>
    /// <param name="data">The samples, with as many features as the data of the fit, and 0 or 1 as their only target.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public ClassificationMetrics Evaluate(Dataset data) => ModelEvaluation.Classification(this, data, new BinaryCrossEntropy());
}

public sealed partial class SoftmaxRegression
{
    /// <summary>Returns the class of each sample.</summary>
    /// <param name="data">The samples, with as many features as the data of the fit; their targets are not used.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data has a different number of features.</exception>
    public ImmutableArray<int> PredictAll(Dataset data) => ModelEvaluation.Classes(this, data);

    /// <summary>Returns the probability of each class for each sample; the probabilities of a sample add up to 1.</summary>
    /// <inheritdoc cref="PredictAll(Dataset)"/>
    public ImmutableArray<ImmutableArray<double>> PredictProbabilities(Dataset data)
    {
        double[] scores = ModelEvaluation.Scores(this, data);
        return [.. scores.Chunk(OutputCount).Select(values =>
        {
            ToProbabilities(values);
            return ImmutableCollectionsMarshal.AsImmutableArray(values);
        })];
    }

    /// <summary>Computes accuracy and log loss of the predictions.</summary>
    /// <param name="data">The samples, with as many features as the data of the fit, and a class (0, 1, …) as their only target.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public ClassificationMetrics Evaluate(Dataset data) => ModelEvaluation.Classification(this, data, new CategoricalCrossEntropy());
}

public sealed partial class FeedForwardNetwork
{
    /// <summary>
    /// Returns the scores of all samples, <see cref="ParametricModel.OutputCount"/> for each. Many rows at once are much faster than one
    /// after another. The products are in the precision of the data's features.
    /// </summary>
    /// <param name="data">The samples; the targets are not used.</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data has another number of features.</exception>
    public ImmutableArray<double> PredictScores(Dataset data) =>
        ImmutableCollectionsMarshal.AsImmutableArray(ModelEvaluation.Scores(this, data));

    /// <summary>Returns the class of each sample.</summary>
    /// <inheritdoc cref="PredictScores"/>
    /// <exception cref="InvalidOperationException">The network has not been fitted, or is a regression.</exception>
    public ImmutableArray<int> PredictClasses(Dataset data)
    {
        RequireClasses();
        return ModelEvaluation.Classes(this, data);
    }

    /// <summary>Computes accuracy and log loss of the predictions of a classifier.</summary>
    /// <param name="data">The samples, with as many features as the data of the fit, and a class (0, 1, …) as their only target.</param>
    /// <exception cref="InvalidOperationException">The network has not been fitted, or is a regression.</exception>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public ClassificationMetrics EvaluateClassification(Dataset data)
    {
        RequireClasses();
        return ModelEvaluation.Classification(
            this, data, OutputCount == 1 ? new BinaryCrossEntropy() : new CategoricalCrossEntropy());
    }

    /// <summary>Computes squared and absolute errors of the predictions of a regression.</summary>
    /// <param name="data">The samples, with as many features and targets as the data of the fit; one score for each target.</param>
    /// <exception cref="InvalidOperationException">The network has not been fitted, or is a classifier.</exception>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public RegressionMetrics EvaluateRegression(Dataset data) => Task == ModelTask.Regression
        ? ModelEvaluation.Regression(this, data)
        : throw new InvalidOperationException($"This network is a classifier: use {nameof(EvaluateClassification)}.");
}

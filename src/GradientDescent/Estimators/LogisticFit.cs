using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A fitted logistic regression with the run that found it.</summary>
/// <example><code>
/// LogisticFit passed = LogisticRegression.Fit([[1.0], [2], [3], [4], [5], [6]], [false, false, true, false, true, true]);
/// Console.WriteLine($"{passed.PredictProbability(6):F2}, {passed.Metrics.Accuracy:P0}");   // 0.95, 67 %
/// </code></example>
public sealed class LogisticFit
{
    private readonly Dataset _data;

    internal LogisticFit(LogisticRegression model, TrainingResult result, Dataset data)
    {
        (Model, Result, _data) = (model, result, data);
        Metrics = model.Evaluate(data);
    }

    /// <summary>The fitted model.</summary>
    public LogisticRegression Model { get; }

    /// <summary>How the run ended.</summary>
    public TrainingResult Result { get; }

    /// <summary>Accuracy and log loss on the data of the fit.</summary>
    public ClassificationMetrics Metrics { get; }

    /// <summary>The weights: one for each feature.</summary>
    public ImmutableArray<double> Weights => Model.Weights;

    /// <summary>The intercept.</summary>
    public double Intercept => Model.Intercept;

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames => _data.FeatureNames;

    /// <summary>How the features are made of the columns of a table; <see langword="null"/> where they are numbers as they are given.</summary>
    public FeatureEncoding? Encoding => _data.Encoding;

    /// <inheritdoc cref="LogisticRegression.Predict(ReadOnlySpan{double})"/>
    public bool Predict(params ReadOnlySpan<double> row) => Model.Predict(row);

    /// <inheritdoc cref="LogisticRegression.PredictProbability(ReadOnlySpan{double})"/>
    public double PredictProbability(params ReadOnlySpan<double> row) => Model.PredictProbability(row);

    /// <inheritdoc cref="LogisticRegression.PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<bool> PredictAll(IEnumerable<double[]> rows) => Model.PredictAll(rows);

    /// <summary>Writes the model, with the names of its columns, to a file that <c>LogisticRegression.Load</c> reads; see <see cref="ModelFile"/>.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="ArgumentException">Two features of the data have the same name.</exception>
    public void Save(string path) => new ModelFile(Model, _data).Save(path);

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">Written to; left open.</param>
    public void Save(Stream stream) => new ModelFile(Model, _data).Save(stream);

    /// <summary>The equation and the figures; if the run did not converge, that comes first; what there is to know about the data comes last.</summary>
    public override string ToString() =>
        LinearFit.Describe(Result, $"log-odds of {_data.TargetNames[0]}", Model.HasIntercept ? Intercept : null, Weights, j => FeatureNames[j], Metrics);
}

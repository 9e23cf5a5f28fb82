using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A fitted logistic regression with its training result.</summary>
/// <example><code>
/// LogisticFit passed = LogisticRegression.Fit([[1.0], [2], [3], [4], [5], [6]], [false, false, true, false, true, true]);
/// Console.WriteLine($"{passed.PredictProbability(6):F2}, {passed.Metrics.Accuracy:P0}");   // 0.95, 67 %
/// </code></example>
public sealed class LogisticFit : ModelFit<LogisticRegression, ClassificationMetrics>
{
    private readonly Dataset _data;
    private readonly Lazy<LogisticStatistics> _statistics;

    internal LogisticFit(LogisticRegression model, TrainingResult result, Dataset data, bool hasPenalty)
        : base(model, MetricsOf(model, data, new BinaryCrossEntropy(), result, hasPenalty), result, data)
    {
        _data = data;
        _statistics = new(() =>
        {
            data.RequireDenseCopy("Computing standard errors", "Use Metrics, or a test set");
            return LogisticStatistics.From(model, data, result.Reason, hasPenalty);
        });
    }

    /// <summary>
    /// Standard errors, p-values, odds ratios and deviances. They are computed at the first access, from the data, to which the fit keeps a
    /// reference.
    /// </summary>
    public LogisticStatistics Statistics => _statistics.Value;

    /// <summary>
    /// The labels of class 0 and of class 1, whose probability the model gives; empty if the fit was made from targets without labels.
    /// </summary>
    public ImmutableArray<string> Labels { get; internal init; } = [];

    /// <summary>The weights, one for each feature.</summary>
    public ImmutableArray<double> Weights => Model.Weights;

    /// <summary>The intercept; 0 if the model has none.</summary>
    public double Intercept => Model.Intercept;

    /// <inheritdoc cref="LogisticRegression.Predict(ReadOnlySpan{double})"/>
    public bool Predict(params ReadOnlySpan<double> row) => Model.Predict(row);

    /// <inheritdoc cref="LogisticRegression.PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<bool> PredictAll(IEnumerable<double[]> rows) => Model.PredictAll(rows);

    /// <inheritdoc cref="LogisticRegression.PredictAll(Dataset)"/>
    public ImmutableArray<bool> PredictAll(Dataset data) => Model.PredictAll(data);

    /// <inheritdoc cref="LogisticRegression.PredictProbability(ReadOnlySpan{double})"/>
    public double PredictProbability(params ReadOnlySpan<double> row) => Model.PredictProbability(row);

    /// <inheritdoc cref="LogisticRegression.PredictProbabilities(IEnumerable{double[]})"/>
    public ImmutableArray<double> PredictProbabilities(IEnumerable<double[]> rows) => Model.PredictProbabilities(rows);

    /// <inheritdoc cref="LogisticRegression.PredictProbabilities(Dataset)"/>
    public ImmutableArray<double> PredictProbabilities(Dataset data) => Model.PredictProbabilities(data);

    /// <inheritdoc cref="LogisticRegression.Report"/>
    /// <param name="data">
    /// The samples, with as many features as the data of the fit, and 0 or 1 as their only target; their weights are used.
    /// </param>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public ClassificationReport Report(Dataset data) => Model.Report(data, Labels.IsEmpty ? null : Labels);

    /// <summary>
    /// Judges the model on the samples that it was fitted to. On other samples, the figures are worse: use <see cref="Report(Dataset)"/>.
    /// </summary>
    public ClassificationReport ReportOnTrainingData() => Report(_data);

    private protected override ModelFile ToFile()
    {
        ModelFile file = base.ToFile();
        return Labels.IsEmpty ? file : new ModelFile(Model, file.Encoding, file.TargetNames)
        {
            LabelType = LabelText.Strings,
            Labels = [.. Labels.Select(LabelText.Of)],
        };
    }

    private protected override string Describe() =>
        $"{Equation.Of($"log-odds of {TargetName}", Model.HasIntercept ? Intercept : null, Weights, j => FeatureNames[j])} ({Metrics})";
}

using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A fitted softmax regression whose classes have labels, with its training result.</summary>
/// <example><code>
/// ClassifierFit&lt;string&gt; fit = SoftmaxRegression.Fit([[4.0], [5], [30], [9], [8], [40]], ["cat", "cat", "dog", "cat", "dog", "dog"]);
/// Console.WriteLine($"{fit.Result.Reason}, {fit.Metrics.Accuracy:P0}");   // Converged, 83 %
/// Console.WriteLine(fit.Predict(25));   // dog
/// </code></example>
/// <typeparam name="TLabel">The type of the labels.</typeparam>
public sealed class ClassifierFit<TLabel> : ModelFit<SoftmaxRegression, ClassificationMetrics> where TLabel : notnull
{
    private readonly Dataset _data;
    private readonly bool _hasPenalty;
    private readonly Lazy<SoftmaxStatistics<TLabel>> _statistics;

    internal ClassifierFit(
        SoftmaxRegression model, ImmutableArray<TLabel> labels, Dataset data, TrainingResult result, bool hasPenalty)
        : base(model, MetricsOf(model, data, new CategoricalCrossEntropy(), result, hasPenalty), result, data)
    {
        Classifier = new Classifier<TLabel>(model, labels, data);
        (_data, _hasPenalty) = (data, hasPenalty);
        _statistics = new(() => StatisticsAgainst(labels[0]));
    }

    /// <summary>
    /// Standard errors, p-values, odds ratios and deviances, with the first label as the base class. They are computed at the first access,
    /// from the data, to which the fit keeps a reference.
    /// </summary>
    public SoftmaxStatistics<TLabel> Statistics => _statistics.Value;

    /// <summary>Computes the same statistics with another base class.</summary>
    /// <param name="baseLabel">The label of the class that the others are compared with.</param>
    /// <exception cref="ArgumentException">There is no class with this label.</exception>
    public SoftmaxStatistics<TLabel> StatisticsAgainst(TLabel baseLabel) => new(
        Classifier, _data, Classifier.ClassOf(baseLabel, nameof(baseLabel)), Result.Reason, _hasPenalty);

    /// <summary>The model with its labels and names, without the training result.</summary>
    public Classifier<TLabel> Classifier { get; }

    /// <inheritdoc cref="Classifier{TLabel}.Labels"/>
    public ImmutableArray<TLabel> Labels => Classifier.Labels;

    /// <inheritdoc cref="Classifier{TLabel}.Predict(ReadOnlySpan{double})"/>
    public TLabel Predict(params ReadOnlySpan<double> row) => Classifier.Predict(row);

    /// <inheritdoc cref="Classifier{TLabel}.PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<TLabel> PredictAll(IEnumerable<double[]> rows) => Classifier.PredictAll(rows);

    /// <inheritdoc cref="Classifier{TLabel}.PredictAll(Dataset)"/>
    public ImmutableArray<TLabel> PredictAll(Dataset data) => Classifier.PredictAll(data);

    /// <inheritdoc cref="Classifier{TLabel}.PredictProbability(ReadOnlySpan{double})"/>
    public IReadOnlyDictionary<TLabel, double> PredictProbability(params ReadOnlySpan<double> row) => Classifier.PredictProbability(row);

    /// <inheritdoc cref="Classifier{TLabel}.PredictProbabilities(IEnumerable{double[]})"/>
    public ImmutableArray<IReadOnlyDictionary<TLabel, double>> PredictProbabilities(IEnumerable<double[]> rows) =>
        Classifier.PredictProbabilities(rows);

    /// <inheritdoc cref="Classifier{TLabel}.PredictProbabilities(Dataset)"/>
    public ImmutableArray<IReadOnlyDictionary<TLabel, double>> PredictProbabilities(Dataset data) => Classifier.PredictProbabilities(data);

    /// <inheritdoc cref="Classifier{TLabel}.Evaluate(double[][], IReadOnlyList{TLabel})"/>
    public ClassificationMetrics Evaluate(double[][] rows, IReadOnlyList<TLabel> labels) => Classifier.Evaluate(rows, labels);

    /// <inheritdoc cref="Classifier{TLabel}.Report(double[][], IReadOnlyList{TLabel})"/>
    public ClassificationReport Report(double[][] rows, IReadOnlyList<TLabel> labels) => Classifier.Report(rows, labels);

    /// <inheritdoc cref="Classifier{TLabel}.Report(Dataset)"/>
    public ClassificationReport Report(Dataset data) => Classifier.Report(data);

    /// <summary>
    /// Judges the model on the samples that it was fitted to. On other samples, the figures are worse: use <see cref="Report(Dataset)"/>.
    /// </summary>
    public ClassificationReport ReportOnTrainingData() => Classifier.Report(_data);

    private protected override ModelFile ToFile() => Classifier.ToFile();

    private protected override string Describe() => $"{Classifier} ({Metrics})";
}

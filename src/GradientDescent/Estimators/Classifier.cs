using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A softmax regression whose classes have labels: strings, numbers or members of an enumeration.</summary>
/// <remarks>
/// Labels may be of any type. A model file holds labels of the types whose values have one text each: strings, enumerations, bool, char,
/// the integers, float, double, decimal, Guid, DateOnly and TimeOnly. Saving others is refused before anything is written.
/// </remarks>
/// <example><code>
/// double[][] rows = [[4.0], [5], [30], [9], [8], [40]];
/// Classifier&lt;string&gt; animal = SoftmaxRegression.Fit(rows, ["cat", "cat", "dog", "cat", "dog", "dog"]).Classifier;
/// Console.WriteLine(animal.Predict(25));                                 // dog
/// Console.WriteLine(animal.PredictProbability(25)["cat"] &lt; 0.5);         // True
/// Console.WriteLine(string.Join(" ", animal.PredictAll([[3], [50]])));   // cat dog
/// </code></example>
/// <typeparam name="TLabel">The type of the labels.</typeparam>
public sealed class Classifier<TLabel> where TLabel : notnull
{
    private readonly ClassIndex<TLabel> _classes;

    private readonly string _targetName;

    /// <summary>Creates a classifier from a fitted model and a label for each class.</summary>
    /// <param name="model">The model. If it is fitted again later, the classifier uses the new parameters.</param>
    /// <param name="labels">The label of each class, all different.</param>
    /// <param name="featureNames">The name of each feature; <see langword="null"/>: x1, x2, … (x for a single feature).</param>
    /// <exception cref="ArgumentException">There are too few or too many labels or names, or two labels are equal.</exception>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public Classifier(SoftmaxRegression model, IReadOnlyList<TLabel> labels, IReadOnlyList<string>? featureNames = null)
        : this(model, labels, featureNames is null ? default : [.. featureNames], null, "y")
    {
    }

    /// <summary>
    /// Creates a classifier from a fitted model, a label for each class, and the feature names and the encoding of the data of the fit.
    /// </summary>
    /// <param name="model">The model. If it is fitted again later, the classifier uses the new parameters.</param>
    /// <param name="labels">The label of each class, all different.</param>
    /// <param name="data">The data that the model was fitted to.</param>
    /// <exception cref="ArgumentException">
    /// There are too few or too many labels, two labels are equal, or the data does not have the columns of the model.
    /// </exception>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public Classifier(SoftmaxRegression model, IReadOnlyList<TLabel> labels, Dataset data)
        : this(model, labels, ModelFile.RequireFitting(model, data).FeatureNames, data.Encoding, data.TargetNames[0])
    {
    }

    /// <param name="file">The contents of a model file.</param>
    /// <exception cref="ModelFormatException">The file has another kind of model, or labels of another type.</exception>
    internal Classifier(ModelFile file)
        : this(file.Require<SoftmaxRegression>(), LabelsOf(file), file.FeatureNames, file.Encoding, file.TargetNames[0])
    {
    }

    private Classifier(
        SoftmaxRegression model,
        IReadOnlyList<TLabel> labels,
        ImmutableArray<string> featureNames,
        FeatureEncoding? encoding,
        string targetName)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != model.OutputCount)
            throw Guard.Invalid(nameof(labels), $"There are {labels.Count} labels for {model.OutputCount} classes: each class needs one.");
        _classes = new ClassIndex<TLabel>(labels);
        _targetName = targetName;
        (Model, Encoding) = (model, encoding);
        FeatureNames = Dataset.NamesOr(featureNames, model.FeatureCount, "x", nameof(featureNames));
    }

    /// <summary>The model. Its classes are indices.</summary>
    public SoftmaxRegression Model { get; }

    /// <summary>The label of each class.</summary>
    public ImmutableArray<TLabel> Labels => _classes.Labels;

    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>
    /// The encoding that makes the features from the columns of a table; <see langword="null"/> if the features are the given numbers.
    /// </summary>
    public FeatureEncoding? Encoding { get; }

    /// <summary>Returns the label of the class with the highest probability; the first such class if several are equal.</summary>
    /// <param name="row">The features, finite, as many as in the fit.</param>
    /// <exception cref="ArgumentException">The row has a different length or a number that is not finite.</exception>
    public TLabel Predict(params ReadOnlySpan<double> row) => Labels[Model.Predict(row)];

    /// <summary>Returns the label of each row.</summary>
    /// <param name="rows">The rows of features.</param>
    /// <exception cref="ArgumentException">
    /// A row has a different length or a number that is not finite; the message names the row.
    /// </exception>
    public ImmutableArray<TLabel> PredictAll(IEnumerable<double[]> rows) => [.. Model.PredictAll(rows).Select(index => Labels[index])];

    /// <summary>Returns the label of each sample.</summary>
    /// <inheritdoc cref="SoftmaxRegression.PredictAll(Dataset)"/>
    public ImmutableArray<TLabel> PredictAll(Dataset data) => [.. Model.PredictAll(data).Select(index => Labels[index])];

    /// <summary>Returns the probability of each label, in the order of <see cref="Labels"/>; the probabilities add up to 1.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    public IReadOnlyDictionary<TLabel, double> PredictProbability(params ReadOnlySpan<double> row) =>
        ByLabel(Model.PredictProbability(row));

    /// <summary>
    /// Returns the probability of each label for each row, in the order of <see cref="Labels"/>; the probabilities of a row add up to 1.
    /// </summary>
    /// <inheritdoc cref="PredictAll(IEnumerable{double[]})"/>
    public ImmutableArray<IReadOnlyDictionary<TLabel, double>> PredictProbabilities(IEnumerable<double[]> rows) =>
        [.. Model.PredictProbabilities(rows).Select(ByLabel)];

    /// <summary>
    /// Returns the probability of each label for each sample, in the order of <see cref="Labels"/>; the probabilities of a sample add up to
    /// 1.
    /// </summary>
    /// <inheritdoc cref="SoftmaxRegression.PredictAll(Dataset)"/>
    public ImmutableArray<IReadOnlyDictionary<TLabel, double>> PredictProbabilities(Dataset data) =>
        [.. Model.PredictProbabilities(data).Select(ByLabel)];

    /// <summary>Computes accuracy and log loss on data.</summary>
    /// <param name="rows">The features, one row for each sample.</param>
    /// <param name="labels">The correct label of each sample, one of <see cref="Labels"/>.</param>
    /// <exception cref="ArgumentException">
    /// There is no data, the counts differ, a number is not finite, or a label is unknown. The message states the cause.
    /// </exception>
    public ClassificationMetrics Evaluate(double[][] rows, IReadOnlyList<TLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        return Evaluate(Dataset.From(rows, _classes.TargetsOf(labels, rows.Length)));
    }

    /// <summary>Computes accuracy and log loss on data.</summary>
    /// <param name="data">The samples. Their only target is the index of the class in <see cref="Labels"/>.</param>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public ClassificationMetrics Evaluate(Dataset data) => Model.Evaluate(data);

    /// <inheritdoc cref="LogisticRegression.Report"/>
    /// <param name="rows">The features, one row for each sample.</param>
    /// <param name="labels">The correct label of each sample, one of <see cref="Labels"/>.</param>
    /// <exception cref="ArgumentException">
    /// There is no data, the counts differ, a number is not finite, or a label is unknown. The message states the cause.
    /// </exception>
    public ClassificationReport Report(double[][] rows, IReadOnlyList<TLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        return Report(Dataset.From(rows, _classes.TargetsOf(labels, rows.Length)));
    }

    /// <inheritdoc cref="LogisticRegression.Report"/>
    /// <param name="data">The samples. Their only target is the index of the class in <see cref="Labels"/>; their weights are used.</param>
    /// <exception cref="ArgumentException">The data does not fit the model.</exception>
    public ClassificationReport Report(Dataset data) => Model.Report(data, [.. Labels.Select(label => Format.Text($"{label}"))]);

    /// <summary>
    /// Writes the model, the labels and the names to a file that <c>SoftmaxRegression.Load</c> reads; see <see cref="ModelFile"/>.
    /// </summary>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <exception cref="NotSupportedException">The labels are of a type that a model file cannot hold.</exception>
    /// <exception cref="ArgumentException">Two features have the same name.</exception>
    public void Save(string path) => ToFile().Save(path);

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">The stream to write to; left open.</param>
    public void Save(Stream stream) => ToFile().Save(stream);

    /// <summary>Returns the number of classes and features, and the labels, as text.</summary>
    public override string ToString() =>
        Format.Text($"{Labels.Length} classes ({Format.List(Labels)}), {Format.Count(FeatureNames.Length, "feature")}");

    /// <inheritdoc cref="ClassIndex{TLabel}.ClassOf"/>
    internal int ClassOf(TLabel label, string argument) => _classes.ClassOf(label, argument);

    internal ModelFile ToFile() => new(Model, Encoding ?? FeatureEncoding.FromNumericColumns(FeatureNames), [_targetName])
    {
        LabelType = LabelText.TypeOf<TLabel>(),
        Labels = [.. Labels.Select(LabelText.Of)],
    };

    private static TLabel[] LabelsOf(ModelFile file)
    {
        string required = LabelText.TypeOf<TLabel>();
        if (file.LabelType != required)
            throw new ModelFormatException($"'labelType' is {file.LabelType ?? "null"}: {required} is required.");
        var labels = new TLabel[file.Labels.Length];
        var seen = new HashSet<TLabel>(labels.Length);
        for (int k = 0; k < labels.Length; k++)
        {
            string text = Format.Clip(file.Labels[k]);
            if (!LabelText.TryParse(file.Labels[k], out labels[k]))
                throw new ModelFormatException(Format.Text($"'labels[{k}]' is '{text}': {typeof(TLabel).Name} has no such value."));
            if (!seen.Add(labels[k]))
                throw new ModelFormatException(Format.Text($"'labels[{k}]' is '{text}', which is the label of another class too."));
        }

        return labels;
    }

    private IReadOnlyDictionary<TLabel, double> ByLabel(ImmutableArray<double> probabilities)
    {
        var byLabel = new OrderedDictionary<TLabel, double>(Labels.Length);
        for (int k = 0; k < Labels.Length; k++)
            byLabel.Add(Labels[k], probabilities[k]);
        return byLabel;
    }
}

using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>A softmax regression whose classes have labels: texts, numbers, members of an enumeration.</summary>
/// <example><code>
/// Classifier&lt;string&gt; animal = SoftmaxRegression.Fit([[4.0], [5], [30], [9], [8], [40]], ["cat", "cat", "dog", "cat", "dog", "dog"]);
/// Console.WriteLine(animal.Predict(25));                           // dog
/// Console.WriteLine(animal.Probabilities(25)["cat"] &lt; 0.5);        // True
/// Console.WriteLine(string.Join(" ", animal.PredictAll([[3], [50]])));   // cat dog
/// </code></example>
/// <typeparam name="TLabel">What the classes are called by.</typeparam>
public class Classifier<TLabel> where TLabel : notnull
{
    private readonly ClassIndex<TLabel> _classes;

    private readonly string _targetName;

    /// <summary>Gives the classes of a fitted model labels.</summary>
    /// <param name="model">The model; what it predicts later is what it is fitted to then.</param>
    /// <param name="labels">A label for each class, all different.</param>
    /// <param name="featureNames">A name for each feature; none means x1, x2, … (x for a single one).</param>
    /// <exception cref="ArgumentException">There are too few or too many labels or names, or two labels are equal.</exception>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public Classifier(SoftmaxRegression model, IReadOnlyList<TLabel> labels, IReadOnlyList<string>? featureNames = null)
        : this(model, labels, featureNames is null ? default : [.. featureNames], null, "y")
    {
    }

    /// <summary>Gives the classes of a fitted model labels, and its columns the names and the encoding that they have in the data of the fit.</summary>
    /// <param name="model">The model; what it predicts later is what it is fitted to then.</param>
    /// <param name="labels">A label for each class, all different.</param>
    /// <param name="data">What the model was fitted to.</param>
    /// <exception cref="ArgumentException">There are too few or too many labels, two are equal, or the data has other columns than the model.</exception>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    public Classifier(SoftmaxRegression model, IReadOnlyList<TLabel> labels, Dataset data)
        : this(model, labels, ModelFile.RequireFitting(model, data).FeatureNames, data.Encoding, data.TargetNames[0])
    {
    }

    /// <param name="file">A model with its names.</param>
    /// <param name="model">That model.</param>
    /// <param name="labels">The labels that the file has for its classes.</param>
    internal Classifier(ModelFile file, SoftmaxRegression model, IReadOnlyList<TLabel> labels)
        : this(model, labels, file.FeatureNames, file.Encoding, file.TargetNames[0])
    {
    }

    private Classifier(SoftmaxRegression model, IReadOnlyList<TLabel> labels, ImmutableArray<string> featureNames, FeatureEncoding? encoding, string targetName)
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

    /// <summary>The model, which knows classes by their index.</summary>
    public SoftmaxRegression Model { get; }

    /// <summary>The label of each class.</summary>
    public ImmutableArray<TLabel> Labels => _classes.Labels;

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>How the features are made of the columns of a table; <see langword="null"/> where they are numbers as they are given.</summary>
    public FeatureEncoding? Encoding { get; }

    /// <summary>The label of the class with the highest probability; the first such where several are equal.</summary>
    /// <param name="row">The features, as many as in the fit; finite.</param>
    /// <exception cref="ArgumentException">The row has another length or a number that is not finite.</exception>
    public TLabel Predict(params ReadOnlySpan<double> row) => Labels[Model.Predict(row)];

    /// <summary>The label of each row.</summary>
    /// <param name="rows">Rows of features.</param>
    /// <exception cref="ArgumentException">A row has another length or a number that is not finite; the message names the row.</exception>
    public ImmutableArray<TLabel> PredictAll(IEnumerable<double[]> rows) => [.. Model.PredictAll(rows).Select(own => Labels[own])];

    /// <summary>The probability of each label, in the order of <see cref="Labels"/>; they add up to 1.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{double})"/>
    public IReadOnlyDictionary<TLabel, double> Probabilities(params ReadOnlySpan<double> row)
    {
        var probabilities = new OrderedDictionary<TLabel, double>(Labels.Length);
        foreach ((TLabel label, double probability) in Labels.Zip(Model.PredictProbability(row)))
            probabilities.Add(label, probability);
        return probabilities;
    }

    /// <summary>Accuracy and log loss on other data.</summary>
    /// <param name="rows">One row of features a sample.</param>
    /// <param name="labels">The right label of each, among <see cref="Labels"/>.</param>
    /// <exception cref="ArgumentException">There is no data, counts differ, a number is not finite, or there is no such label; the message names what it is.</exception>
    public ClassificationMetrics Evaluate(double[][] rows, IReadOnlyList<TLabel> labels)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        return Model.Evaluate(Dataset.From(rows, _classes.TargetsOf(labels, rows.Length)));
    }

    /// <summary>Writes model, labels and names to a file that <c>SoftmaxRegression.Load</c> reads; see <see cref="ModelFile"/>.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="NotSupportedException">The labels are neither texts nor ints nor members of an enumeration.</exception>
    /// <exception cref="ArgumentException">Two features have the same name.</exception>
    public void Save(string path) => Contents().Save(path);

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">Written to; left open.</param>
    public void Save(Stream stream) => Contents().Save(stream);

    /// <summary>How many classes and features there are, and the labels.</summary>
    public override string ToString() =>
        Format.Text($"{Labels.Length} classes ({Format.List(Labels)}), {Format.Count(FeatureNames.Length, "feature")}");

    private ModelFile Contents() => new(Model, Encoding ?? FeatureEncoding.FromNumericColumns(FeatureNames), [_targetName])
    {
        LabelType = LabelText.TypeOf<TLabel>(),
        Labels = [.. Labels.Select(LabelText.Of)],
    };
}

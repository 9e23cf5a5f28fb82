using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The contents of a model file. The file is JSON that stores the exact value of every number.</summary>
/// <remarks>
/// The members of the JSON are:
/// <list type="bullet">
/// <item><description><c>format</c>, <c>version</c>, <c>kind</c> (the class of the model);</description></item>
/// <item><description><c>columns</c>: for each column its <c>name</c>, the <c>filling</c> for missing numbers or null, and the
/// <c>levels</c> of a text column or null; for a column of dates also <c>date</c>, its features: see
/// <see cref="DateColumn"/>; for a column of documents also <c>words</c>: see <see cref="HashedColumn"/>;</description></item>
/// <item><description><c>sparse</c>, true, only if data sets of the columns are sparse;</description></item>
/// <item><description><c>targetNames</c>; <c>labelType</c> and <c>labels</c> (for a classifier, otherwise null);</description></item>
/// <item><description><c>loss</c>, <c>scaling</c>, <c>targetScaling</c> and <c>penalty</c> (for information, or null);</description></item>
/// <item><description><c>intercept</c>, <c>weights</c> (one row for each output), <c>intercepts</c>; of a network false and
/// empty;</description></item>
/// <item><description>only of a network: <c>task</c>, and <c>layers</c>, each with <c>activation</c>, <c>initialization</c>,
/// <c>dropout</c>, <c>weights</c> (one row for each unit) and <c>biases</c>;</description></item>
/// <item><description><c>intervals</c>, only of a file with intervals: the <c>residualDeviation</c> σ, its <c>degreesOfFreedom</c>, the
/// <c>exponents</c> e and <c>centers</c> c of the features, and the rows of the triangle <c>root</c>, R. With fⱼ = xⱼ·2^(−eⱼ) − cⱼ, then
/// 1 for the intercept if there is one, the standard error of the mean is σ·‖R·f‖;</description></item>
/// <item><description><c>csv</c>, if the format of the training file is known: <c>delimiter</c>, <c>decimal</c>, <c>thousands</c>,
/// <c>marks</c>, <c>missingValues</c>, <c>dateFormat</c>, <c>hasHeader</c>, as in <see cref="CsvOptions"/>;</description></item>
/// <item><description><c>sha256</c> of all other members.</description></item>
/// </list>
/// A file is rejected if it has unknown or missing members, another version, numbers that are not finite, arrays with wrong lengths, names
/// or levels that occur twice, strings of more than 1,048,576 characters, too many characters in the names of its features (see
/// <see cref="FeatureEncoding"/>), a wrong hash, or more than 256 MiB. Reading a file needs at most 16 MB and 40 times the size of the
/// file.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// LinearRegression.Fit(data).Save("progression.json");
/// Console.WriteLine(string.Join(" ", ModelFile.Load("progression.json").FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
/// </code></example>
public sealed partial class ModelFile
{
    internal ModelFile(ParametricModel model, FeatureEncoding? encoding = null, ImmutableArray<string> targetNames = default)
    {
        RequireFewWeights(model);
        Model = model;
        Encoding = encoding ?? FeatureEncoding.FromNumericColumns(Dataset.NamesOr(default, model.FeatureCount, "x", nameof(encoding)));
        TargetNames = Dataset.NamesOr(targetNames, TargetsOf(model), "y", nameof(targetNames));
    }

    /// <exception cref="ArgumentException">The data does not have the columns of the model, or two features have the same name.</exception>
    internal ModelFile(ParametricModel model, Dataset data)
        : this(model, RequireFitting(model, data).Encoding ?? FeatureEncoding.FromNumericColumns(data.FeatureNames), data.TargetNames)
    {
    }

    /// <summary>
    /// The model: a <see cref="LinearRegression"/>, <see cref="LogisticRegression"/>, <see cref="SoftmaxRegression"/> or
    /// <see cref="FeedForwardNetwork"/>. Its <see cref="ParametricModel.Method"/> describes how it was fitted.
    /// </summary>
    public ParametricModel Model { get; }

    /// <summary>The encoding that makes the model's features from the columns of a table.</summary>
    public FeatureEncoding Encoding { get; }

    /// <summary>The names of the features.</summary>
    public ImmutableArray<string> FeatureNames => Encoding.FeatureNames;

    /// <summary>The names of the targets.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>
    /// The type of the labels: <c>string</c>, <c>int</c> or <c>enum</c>; <see langword="null"/> if the classes have none.
    /// </summary>
    public string? LabelType { get; internal init; }

    /// <summary>The label of each class of a classifier, as a string; empty if the classes have none.</summary>
    public ImmutableArray<string> Labels { get; internal init; } = [];

    /// <summary>Whether the file has what <see cref="PredictInterval"/> needs: see <see cref="LinearFit.Save(string, bool)"/>.</summary>
    public bool HasIntervals => Variance is not null;

    /// <summary>The variance of the predictions; <see langword="null"/> if the file has none.</summary>
    internal PredictionVariance? Variance { get; init; }

    /// <summary>
    /// The format of the CSV file with the training samples, so that further files are read alike; <see langword="null"/> if it is not
    /// known. <see cref="WithCsv"/> sets it.
    /// </summary>
    public CsvOptions? Csv { get; private init; }

    /// <summary>Reads a model of any kind from a file.</summary>
    /// <param name="path">The path of a file written by <c>Save</c>.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="ModelFormatException">
    /// The file is damaged or too large, or has another version; the message states the cause.
    /// </exception>
    public static ModelFile Load(string path) => Load(path, file => file);

    /// <summary>Reads a model of any kind from a stream.</summary>
    /// <param name="stream">The stream with the data written by <c>Save</c>. It is read to its end and left open.</param>
    /// <exception cref="ModelFormatException">
    /// The data is damaged or too large, or has another version; the message states the cause.
    /// </exception>
    public static ModelFile Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (ModelDocument document, FeatureEncoding encoding) = ModelDocumentReader.Read(stream);
        return Of(document, encoding);
    }

    /// <summary>Returns the same contents with another <see cref="Csv"/>.</summary>
    /// <param name="options">The format; <see langword="null"/>: not known. The column of weights is not kept.</param>
    public ModelFile WithCsv(CsvOptions? options) => new(Model, Encoding, TargetNames)
    {
        LabelType = LabelType,
        Labels = Labels,
        Variance = Variance,
        Csv = options is null ? null : options with { Weights = null },
    };

    /// <summary>
    /// Writes the model with its names, labels, encoding and intervals. A loaded file is written again with the same contents.
    /// </summary>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <exception cref="NotSupportedException">
    /// A name or another string is not valid Unicode or has more than 1,048,576 characters, or the file would have more than 256 MiB.
    /// </exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = ToBytes();
        AtomicFile.Write(path, file => file.Write(bytes));
    }

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">The stream to write to. It is left open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes());
    }

    /// <summary>
    /// Predicts the target of a row, with the intervals of its mean and of a new sample. The numbers are those of
    /// <see cref="LinearFit.PredictInterval"/> of the fit that was saved, to the last bit.
    /// </summary>
    /// <param name="row">The features, finite, as many as in the fit; <see cref="Encoding"/> makes them from a row of a table.</param>
    /// <param name="level">The probability of each interval, greater than 0 and less than 1.</param>
    /// <exception cref="InvalidOperationException">The file has no intervals: see <see cref="HasIntervals"/>.</exception>
    /// <exception cref="ArgumentException">The row has a different length or a number that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is NaN, at most 0, or at least 1.</exception>
    public RegressionPrediction PredictInterval(ReadOnlySpan<double> row, double level = 0.95)
    {
        if (Variance is not { } variance)
            throw new InvalidOperationException("The model file has no intervals: only a linear fit that was saved with them has.");
        Guard.Between(level, 0, 1);
        return variance.Predict(((LinearRegression)Model).Predict(row), row, level);
    }

    /// <summary>Returns the kind of the model, the number of features, and the labels if there are any, as text.</summary>
    public override string ToString()
    {
        string labels = Labels.IsEmpty ? "" : Format.Text($", {Labels.Length} classes ({Format.List(Labels)})");
        return $"{Model.GetType().Name}, {Format.Count(Encoding.FeatureCount, "feature")}{labels}";
    }

    /// <summary>Reads a file and uses its contents. If this fails because of the format, the message names the file.</summary>
    internal static T Load<T>(string path, Func<ModelFile, T> use)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return use(Load(stream));
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"'{Path.GetFileName(path)}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Returns the model as the specified type.</summary>
    /// <exception cref="ModelFormatException">The file has another kind of model.</exception>
    internal TModel Require<TModel>() where TModel : ParametricModel => Model as TModel
        ?? throw new ModelFormatException($"'kind' is {Model.GetType().Name}: {typeof(TModel).Name} is required.");

    /// <summary>Checks that data has the same numbers of features and targets as a model, and returns the data.</summary>
    /// <exception cref="ArgumentException">The numbers differ.</exception>
    internal static Dataset RequireFitting(ParametricModel model, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount == model.FeatureCount && data.TargetCount == TargetsOf(model))
            return data;
        string columns = $"{Format.Count(data.FeatureCount, "feature")} and {Format.Count(data.TargetCount, "target")}";
        throw Guard.Invalid(nameof(data), $"The data has {columns}: the model has {model.FeatureCount} and {TargetsOf(model)}.");
    }

    private static int TargetsOf(ParametricModel model) => model.Task == ModelTask.Regression ? model.OutputCount : 1;
}

namespace GradientDescent;

public sealed partial class LinearRegression
{
    /// <summary>Reads a model from a file. <see cref="ModelFile"/> describes the format.</summary>
    /// <param name="path">The path of a file written by <c>Save</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">
    /// The file is damaged or too large, or has another version or another kind of model.
    /// </exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// LinearRegression.Fit(data).Save("progression.json");
    /// LinearRegression model = LinearRegression.Load("progression.json");
    /// Console.WriteLine(model.FeatureCount);   // 10
    /// </code></example>
    public static LinearRegression Load(string path) => ModelFile.Load(path, file => file.Require<LinearRegression>());

    /// <summary>Reads a model from a stream.</summary>
    /// <param name="stream">The stream with the data written by <c>Save</c>. It is read to its end and left open.</param>
    /// <exception cref="ModelFormatException">
    /// The data is damaged or too large, or has another version or another kind of model.
    /// </exception>
    public static LinearRegression Load(Stream stream) => ModelFile.Load(stream).Require<LinearRegression>();
}

public sealed partial class LogisticRegression
{
    /// <summary>Reads a model from a file. <see cref="ModelFile"/> describes the format.</summary>
    /// <inheritdoc cref="LinearRegression.Load(string)" path="/*[not(self::example)]"/>
    public static LogisticRegression Load(string path) => ModelFile.Load(path, file => file.Require<LogisticRegression>());

    /// <inheritdoc cref="LinearRegression.Load(Stream)"/>
    public static LogisticRegression Load(Stream stream) => ModelFile.Load(stream).Require<LogisticRegression>();
}

public sealed partial class SoftmaxRegression
{
    /// <summary>Reads a model from a file, without its labels. <see cref="ModelFile"/> describes the format.</summary>
    /// <inheritdoc cref="LinearRegression.Load(string)" path="/*[not(self::example)]"/>
    public static SoftmaxRegression Load(string path) => ModelFile.Load(path, file => file.Require<SoftmaxRegression>());

    /// <summary>Reads a model from a stream, without its labels.</summary>
    /// <inheritdoc cref="LinearRegression.Load(Stream)"/>
    public static SoftmaxRegression Load(Stream stream) => ModelFile.Load(stream).Require<SoftmaxRegression>();

    /// <summary>Reads a classifier with its labels from a file.</summary>
    /// <typeparam name="TLabel">
    /// The type of the labels, as in the saved classifier.
    /// </typeparam>
    /// <param name="path">The path of a file written by <see cref="Classifier{TLabel}.Save(string)"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">
    /// The file is damaged or too large, or has another version, another kind of model or labels of another type.
    /// </exception>
    public static Classifier<TLabel> Load<TLabel>(string path) where TLabel : notnull =>
        ModelFile.Load(path, file => new Classifier<TLabel>(file));

    /// <summary>Reads a classifier with its labels from a stream.</summary>
    /// <typeparam name="TLabel">
    /// The type of the labels, as in the saved classifier.
    /// </typeparam>
    /// <param name="stream">
    /// The stream with the data written by <see cref="Classifier{TLabel}.Save(Stream)"/>. It is read to its end and left open.
    /// </param>
    /// <exception cref="ModelFormatException">
    /// The data is damaged or too large, or has another version, another kind of model or labels of another type.
    /// </exception>
    public static Classifier<TLabel> Load<TLabel>(Stream stream) where TLabel : notnull => new(ModelFile.Load(stream));
}

public sealed partial class FeedForwardNetwork
{
    /// <summary>Reads a network from a file. <see cref="ModelFile"/> describes the format.</summary>
    /// <inheritdoc cref="LinearRegression.Load(string)" path="/*[not(self::example)]"/>
    public static FeedForwardNetwork Load(string path) => ModelFile.Load(path, file => file.Require<FeedForwardNetwork>());

    /// <inheritdoc cref="LinearRegression.Load(Stream)"/>
    public static FeedForwardNetwork Load(Stream stream) => ModelFile.Load(stream).Require<FeedForwardNetwork>();
}

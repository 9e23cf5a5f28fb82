using System.Collections.Immutable;
using System.Text.Json;

namespace GradientDescent;

/// <summary>The contents of a model file: JSON in which every number has its exact value.</summary>
/// <remarks>
/// The members of the JSON are:
/// <list type="bullet">
/// <item><description><c>format</c>, <c>version</c>, <c>kind</c> (the class of the model);</description></item>
/// <item><description><c>columns</c>: for each its <c>name</c>, the <c>filling</c> for missing numbers or null, and the <c>levels</c> of a
/// text column or null;</description></item>
/// <item><description><c>targetNames</c>; <c>labelType</c> and <c>labels</c> (of a classifier, else null);</description></item>
/// <item><description><c>loss</c>, <c>scaling</c>, <c>targetScaling</c> and <c>penalty</c> (for information, or null);</description></item>
/// <item><description><c>intercept</c>, <c>weights</c> (a row for each output), <c>intercepts</c>;</description></item>
/// <item><description><c>sha256</c> of all that.</description></item>
/// </list>
/// A file is refused if it has other members or lacks one, is of another version, has numbers that are not finite, lengths that do not fit,
/// names or levels that occur twice, a wrong hash, or more than 256 MiB.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// LinearRegression.Fit(data).Save("progression.json");
/// Console.WriteLine(string.Join(" ", ModelFile.Load("progression.json").FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
/// </code></example>
public sealed class ModelFile
{
    internal ModelFile(LinearModel model, FeatureEncoding? encoding = null, ImmutableArray<string> targetNames = default)
    {
        Model = model;
        Encoding = encoding ?? FeatureEncoding.FromNumericColumns(Dataset.NamesOr(default, model.FeatureCount, "x", nameof(encoding)));
        TargetNames = Dataset.NamesOr(targetNames, TargetsOf(model), "y", nameof(targetNames));
    }

    /// <exception cref="ArgumentException">The data has other columns than the model, or two features of the same name.</exception>
    internal ModelFile(LinearModel model, Dataset data)
        : this(model, RequireFitting(model, data).Encoding ?? FeatureEncoding.FromNumericColumns(data.FeatureNames), data.TargetNames)
    {
    }

    /// <summary>The model: a <see cref="LinearRegression"/>, <see cref="LogisticRegression"/> or <see cref="SoftmaxRegression"/>. Its
    /// <see cref="LinearModel.Method"/> says how it was fitted.</summary>
    public LinearModel Model { get; }

    /// <summary>How the model's features are made of the columns of a table.</summary>
    public FeatureEncoding Encoding { get; }

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames => Encoding.FeatureNames;

    /// <summary>A name for each target.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>The type of the labels: <c>string</c>, <c>int</c> or <c>enum</c>; <see langword="null"/> where the classes have
    /// none.</summary>
    public string? LabelType { get; internal init; }

    /// <summary>The label of each class of a classifier, as a string; empty where the classes have none.</summary>
    public ImmutableArray<string> Labels { get; internal init; } = [];

    /// <summary>Reads a file with a model of any kind.</summary>
    /// <param name="path">The path of a file that <c>Save</c> has written.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, too large or of another version; the message names the
    /// member.</exception>
    public static ModelFile Load(string path) => Load(path, file => file);

    /// <summary>Reads a model of any kind from a stream.</summary>
    /// <param name="stream">The stream with what <c>Save</c> has written, up to its end; left open.</param>
    /// <exception cref="ModelFormatException">The bytes are damaged, too many or of another version; the message names the
    /// member.</exception>
    public static ModelFile Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Of(ModelDocumentReader.Read(stream));
    }

    /// <summary>Writes the model with its names, labels and encoding; a file that was loaded is written again as it was.</summary>
    /// <param name="path">The path of the file; a file that exists is replaced.</param>
    /// <exception cref="NotSupportedException">A name is not valid Unicode, or the file would have more than 256 MiB.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = ToBytes();
        AtomicFile.Write(path, file => file.Write(bytes));
    }

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">The stream to write to; left open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes());
    }

    /// <summary>The kind of the model, the number of features, and the labels if there are any.</summary>
    public override string ToString()
    {
        string labels = Labels.IsEmpty ? "" : Format.Text($", {Labels.Length} classes ({Format.List(Labels)})");
        return $"{Model.GetType().Name}, {Format.Count(FeatureNames.Length, "feature")}{labels}";
    }

    /// <summary>Reads a file, and names it in the message where it cannot be used.</summary>
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

    /// <exception cref="ModelFormatException">The file holds another kind of model.</exception>
    internal TModel Require<TModel>() where TModel : LinearModel => Model as TModel
        ?? throw new ModelFormatException($"'kind' is {Model.GetType().Name}: {typeof(TModel).Name} was asked for.");

    /// <exception cref="ArgumentException">The data has other columns than the model.</exception>
    internal static Dataset RequireFitting(LinearModel model, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount == model.FeatureCount && data.TargetCount == TargetsOf(model))
            return data;
        string columns = $"{Format.Count(data.FeatureCount, "feature")} and {Format.Count(data.TargetCount, "target")}";
        throw Guard.Invalid(nameof(data), $"The data has {columns}: the model has {model.FeatureCount} and {TargetsOf(model)}.");
    }

    private static int TargetsOf(LinearModel model) => model.Task == ModelTask.Regression ? model.OutputCount : 1;

    private static ModelFile Of(ModelDocument document)
    {
        LinearModel model = document.Kind switch
        {
            nameof(LinearRegression) => new LinearRegression(document.Weights.Length, document.Intercept),
            nameof(LogisticRegression) => new LogisticRegression(document.Intercept),
            _ => new SoftmaxRegression(document.Weights.Length, document.Intercept),
        };
        var encoding = new FeatureEncoding([.. document.Columns.Select(column => column.ToColumn())]);
        ImmutableArray<double> parameters = [.. document.Weights.SelectMany(row => row), .. document.Intercepts];
        if (document is { Loss: { } loss, Scaling: { } scaling, TargetScaling: { } targetScaling })
        {
            var method = new FitMethod
            {
                Loss = loss,
                Scaling = Enum.Parse<FeatureScaling>(scaling),
                TargetScaling = Enum.Parse<FeatureScaling>(targetScaling),
                Penalty = document.Penalty,
            };
            model.SetParameters(parameters, encoding.FeatureNames.Length, method);
        }
        else
        {
            model.SetParameters(parameters, encoding.FeatureNames.Length);
        }

        return new ModelFile(model, encoding, [.. document.TargetNames])
        {
            LabelType = document.LabelType,
            Labels = [.. document.Labels ?? []],
        };
    }

    private byte[] ToBytes()
    {
        int d = Model.FeatureCount;
        ImmutableArray<double> weights = Model.Weights;
        var document = new ModelDocument
        {
            Format = ModelDocument.FormatName,
            Version = ModelDocument.CurrentVersion,
            Kind = Model.GetType().Name,
            Columns = [.. Encoding.Columns.Select(ModelColumn.Of)],
            TargetNames = [.. TargetNames.Select(name => LabelText.Unicode(name, "name"))],
            LabelType = LabelType,
            Labels = Labels.IsEmpty ? null : [.. Labels],
            Loss = Model.Method?.Loss,
            Scaling = Model.Method?.Scaling.ToString(),
            TargetScaling = Model.Method?.TargetScaling.ToString(),
            Penalty = Model.Method?.Penalty,
            Intercept = Model.HasIntercept,
            Weights = [.. Enumerable.Range(0, Model.OutputCount).Select(k => weights.AsSpan(k * d, d).ToArray())],
            Intercepts = Model.HasIntercept ? [.. Model.Intercepts] : [],
            Sha256 = "",
        };
        ModelDocument complete = document with { Sha256 = document.ComputeHash() };
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(complete, ModelJson.Default.ModelDocument);
        return bytes.Length <= ModelDocument.MaxBytes
            ? bytes
            : throw new NotSupportedException(
                Format.Text($"The model needs {bytes.Length} bytes: a model file has at most {ModelDocument.MaxBytes}."));
    }
}

using System.Collections.Immutable;
using System.Text.Json;

namespace GradientDescent;

/// <summary>What a file of a model holds: JSON in which every number has its exact value.</summary>
/// <remarks>
/// Members: <c>format</c>, <c>version</c>, <c>kind</c> (the model's class), <c>columns</c> (for each its <c>name</c>, the <c>filling</c> for missing numbers or null, and the <c>levels</c> of a column of texts or null),
/// <c>targetNames</c>, <c>labelType</c> and <c>labels</c> (of a classifier, else null), <c>loss</c>, <c>scaling</c>, <c>targetScaling</c> and <c>penalty</c> (for information, or null), <c>intercept</c>, <c>weights</c>
/// (a row for each output), <c>intercepts</c>, <c>sha256</c> of all that. A file with other or missing members, another version, numbers that are not finite, lengths that do not fit, names or levels that occur twice,
/// a wrong hash or more than 256 MiB is refused.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// LinearRegression.Fit(data).Save("progression.json");
/// Console.WriteLine(string.Join(" ", ModelFile.Read("progression.json").FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
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

    /// <summary>The model: a <see cref="LinearRegression"/>, <see cref="LogisticRegression"/> or <see cref="SoftmaxRegression"/>. Its <see cref="LinearModel.Method"/> says how it was fitted.</summary>
    public LinearModel Model { get; }

    /// <summary>How the model's features are made of the columns of a table.</summary>
    public FeatureEncoding Encoding { get; }

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames => Encoding.FeatureNames;

    /// <summary>A name for each target.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>What the labels are: <c>string</c>, <c>int</c> or <c>enum</c>; <see langword="null"/> where the classes have none.</summary>
    public string? LabelType { get; internal init; }

    /// <summary>A text for each class of a classifier; empty where the classes have none.</summary>
    public ImmutableArray<string> Labels { get; internal init; } = [];

    /// <summary>Reads a file with a model of any kind.</summary>
    /// <param name="path">What <c>Save</c> has written.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFormatException">The file is damaged, too large or of another version; the message names the member.</exception>
    public static ModelFile Read(string path) => Read(path, file => file);

    /// <summary>Reads a model of any kind from a stream.</summary>
    /// <param name="stream">What <c>Save</c> has written, up to the stream's end; left open.</param>
    /// <exception cref="ModelFormatException">The bytes are damaged, too many or of another version; the message names the member.</exception>
    public static ModelFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Of(ModelDocumentReader.Read(stream));
    }

    /// <summary>Writes all of it, so that what was read can be written again.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="NotSupportedException">A name is not valid Unicode, or the file would have more than 256 MiB.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = ToBytes();
        AtomicFile.Write(path, file => file.Write(bytes));
    }

    /// <inheritdoc cref="Save(string)"/>
    /// <param name="stream">Written to; left open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes());
    }

    /// <summary>Kind of model, features, and labels if there are any.</summary>
    public override string ToString() => Format.Text(
        $"{Model.GetType().Name}, {Format.Count(FeatureNames.Length, "feature")}{(Labels.IsEmpty ? "" : $", {Labels.Length} classes ({Format.List(Labels)})")}");

    internal static T Read<T>(string path, Func<ModelFile, T> use)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return use(Read(stream));
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"'{Path.GetFileName(path)}' cannot be used: {e.Message}", e);
        }
    }

    /// <exception cref="ModelFormatException">It is another model.</exception>
    internal TModel Require<TModel>() where TModel : LinearModel => Model as TModel
        ?? throw new ModelFormatException($"'kind' is {Model.GetType().Name}: {typeof(TModel).Name} was asked for.");

    /// <exception cref="ModelFormatException">It is another model, or its labels are of another type.</exception>
    internal Classifier<TLabel> ToClassifier<TLabel>() where TLabel : notnull
    {
        SoftmaxRegression model = Require<SoftmaxRegression>();
        string asked = LabelText.TypeOf<TLabel>();
        if (LabelType != asked)
            throw new ModelFormatException($"'labelType' is {LabelType ?? "null"}: {asked} was asked for.");
        var labels = new TLabel[Labels.Length];
        for (int k = 0; k < labels.Length; k++)
        {
            if (!LabelText.TryParse(Labels[k], out labels[k]))
                throw new ModelFormatException(Format.Text($"'labels[{k}]' is '{Labels[k]}': {typeof(TLabel).Name} has no such value."));
            if (Array.IndexOf(labels, labels[k]) < k)
                throw new ModelFormatException(Format.Text($"'labels[{k}]' is '{Labels[k]}', which is the label of another class too."));
        }

        return new Classifier<TLabel>(this, model, labels);
    }

    /// <exception cref="ArgumentException">The data has other columns than the model.</exception>
    internal static Dataset RequireFitting(LinearModel model, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return data.FeatureCount == model.FeatureCount && data.TargetCount == TargetsOf(model)
            ? data
            : throw Guard.Invalid(
                nameof(data), $"The data has {Format.Count(data.FeatureCount, "feature")} and {Format.Count(data.TargetCount, "target")}: the model has {model.FeatureCount} and {TargetsOf(model)}.");
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
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(document with { Sha256 = document.ComputeHash() }, ModelJson.Default.ModelDocument);
        return bytes.Length <= ModelDocument.MaxBytes
            ? bytes
            : throw new NotSupportedException(Format.Text($"The model needs {bytes.Length} bytes: a model file has at most {ModelDocument.MaxBytes}."));
    }
}

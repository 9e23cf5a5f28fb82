using System.Collections.Immutable;
using System.Text.Json;

namespace GradientDescent;

/// <summary>What a file of a model holds: JSON in which every number has its exact value.</summary>
/// <remarks>
/// Members: <c>format</c>, <c>version</c>, <c>kind</c> (the model's class), <c>featureNames</c>, <c>targetNames</c>, <c>labelType</c> and <c>labels</c> (of a classifier, else null), <c>loss</c> and <c>scaling</c>
/// (for information, or null), <c>intercept</c>, <c>weights</c> (a row for each output), <c>intercepts</c>, <c>sha256</c> of all that. A file with other or missing members, another version, numbers that
/// are not finite, lengths that do not fit, a wrong hash or more than 256 MiB is refused.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// LinearRegression.Fit(data).Save("progression.json", data);
/// Console.WriteLine(string.Join(" ", ModelFile.Read("progression.json").FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
/// </code></example>
public sealed class ModelFile
{
    private const int MostBytes = 1 << 28;

    internal ModelFile(LinearModel model, ImmutableArray<string> featureNames = default, ImmutableArray<string> targetNames = default)
    {
        Model = model;
        FeatureNames = Dataset.NamesOr(featureNames, model.FeatureCount, "x", nameof(featureNames));
        TargetNames = Dataset.NamesOr(targetNames, TargetsOf(model), "y", nameof(targetNames));
    }

    /// <exception cref="ArgumentException">The data has other columns than the model.</exception>
    internal ModelFile(LinearModel model, Dataset data)
        : this(model)
    {
        if (data.FeatureCount != model.FeatureCount || data.TargetCount != TargetNames.Length)
            throw Guard.Invalid(
                nameof(data), $"The data has {Guard.Counted(data.FeatureCount, "feature")} and {Guard.Counted(data.TargetCount, "target")}: the model has {model.FeatureCount} and {TargetNames.Length}.");
        (FeatureNames, TargetNames) = (data.FeatureNames, data.TargetNames);
    }

    /// <summary>The model: a <see cref="LinearRegression"/>, <see cref="LogisticRegression"/> or <see cref="SoftmaxRegression"/>.</summary>
    public LinearModel Model { get; }

    /// <summary>A name for each feature.</summary>
    public ImmutableArray<string> FeatureNames { get; private init; }

    /// <summary>A name for each target.</summary>
    public ImmutableArray<string> TargetNames { get; private init; }

    /// <summary>What the labels are: <c>string</c>, <c>int</c> or <c>enum</c>; <see langword="null"/> where the classes have none.</summary>
    public string? LabelType { get; internal init; }

    /// <summary>A text for each class of a classifier; empty where the classes have none.</summary>
    public ImmutableArray<string> Labels { get; internal init; } = [];

    /// <summary>The loss that the model was fitted by; <see langword="null"/> if unknown.</summary>
    public string? Loss { get; internal init; }

    /// <summary>The scaling that the model was fitted with; <see langword="null"/> if unknown. Nothing of it is left in the weights: they are in the user's units.</summary>
    public string? Scaling { get; internal init; }

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
        return Of(ParseDocument(AllBytes(stream)));
    }

    /// <summary>Kind of model, features, and labels if there are any.</summary>
    public override string ToString() => Guard.Text(
        $"{Model.GetType().Name}, {Guard.Counted(FeatureNames.Length, "feature")}{(Labels.IsEmpty ? "" : $", {Labels.Length} classes ({ClassifierFitting.Listed(Labels)})")}");

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

    /// <summary>Writes beside the file and then moves: whenever the process dies, there is a whole file, the old or the new.</summary>
    internal void Write(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] bytes = ToBytes();
        string unfinished = path + ".unfinished";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }

    internal void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(ToBytes());
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
                throw new ModelFormatException(Guard.Text($"'labels[{k}]' is '{Labels[k]}': {typeof(TLabel).Name} has no such value."));
            if (Array.IndexOf(labels, labels[k]) < k)
                throw new ModelFormatException(Guard.Text($"'labels[{k}]' is '{Labels[k]}', which is the label of another class too."));
        }

        return new Classifier<TLabel>(model, labels, FeatureNames);
    }

    private static int TargetsOf(LinearModel model) => model.Task == ModelTask.Regression ? model.OutputCount : 1;

    private byte[] ToBytes()
    {
        int d = Model.FeatureCount;
        ImmutableArray<double> weights = Model.Weights;
        var document = new ModelDocument
        {
            Format = ModelDocument.FormatName,
            Version = ModelDocument.CurrentVersion,
            Kind = Model.GetType().Name,
            FeatureNames = [.. FeatureNames],
            TargetNames = [.. TargetNames],
            LabelType = LabelType,
            Labels = Labels.IsEmpty ? null : [.. Labels],
            Loss = Loss,
            Scaling = Scaling,
            Intercept = Model.HasIntercept,
            Weights = [.. Enumerable.Range(0, Model.OutputCount).Select(k => weights.AsSpan(k * d, d).ToArray())],
            Intercepts = Model.HasIntercept ? [.. Model.Intercepts] : [],
            Sha256 = "",
        };
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(document with { Sha256 = document.ComputeHash() }, ModelJson.Default.ModelDocument);
        return bytes.Length <= MostBytes
            ? bytes
            : throw new NotSupportedException(Guard.Text($"The model needs {bytes.Length} bytes: a model file has at most {MostBytes}."));
    }

    private static byte[] AllBytes(Stream stream)
    {
        if (stream.CanSeek && stream.Length - stream.Position > MostBytes)
            throw TooLarge();
        using var bytes = new MemoryStream();
        byte[] part = new byte[1 << 16];
        for (int read; (read = stream.Read(part)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
                throw TooLarge();
            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }

    private static ModelDocument ParseDocument(byte[] bytes)
    {
        try
        {
            RequireVersion(bytes);
            ModelDocument document = JsonSerializer.Deserialize(bytes, ModelJson.Default.ModelDocument) ?? throw NotAModel(null);
            RequireSound(document);
            if (document.Sha256 != document.ComputeHash())
                throw new ModelFormatException("'sha256' does not fit the rest: it is damaged, or was changed by hand.");
            return document;
        }
        catch (JsonException e)
        {
            throw new ModelFormatException($"It is not what a model file holds: {e.Message}", e);
        }
    }

    /// <summary>Before anything else: what another version holds cannot be judged here.</summary>
    private static void RequireVersion(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        (bool isModel, int? version) = (false, null);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw NotAModel(null);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            bool isFormat = json.ValueTextEquals("format"), isVersion = json.ValueTextEquals("version");
            json.Read();
            isModel |= isFormat && json.TokenType == JsonTokenType.String && json.ValueTextEquals(ModelDocument.FormatName);
            if (isVersion && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out int number))
                version = number;
            json.Skip();
        }

        if (!isModel)
            throw NotAModel($": its 'format' is not '{ModelDocument.FormatName}'");
        if (version is { } other && other != ModelDocument.CurrentVersion)
            throw new ModelFormatException(Guard.Text($"Its 'version' is {other}: this library reads version {ModelDocument.CurrentVersion}."));
    }

    /// <summary>What types alone do not say.</summary>
    private static void RequireSound(ModelDocument document)
    {
        int outputs = document.Weights.Length, d = document.FeatureNames.Length;
        bool isRegression = document.Kind == nameof(LinearRegression), isSoftmax = document.Kind == nameof(SoftmaxRegression);
        if (!isRegression && !isSoftmax && document.Kind != nameof(LogisticRegression))
            throw new ModelFormatException($"'kind' is '{document.Kind}': it must be {nameof(LinearRegression)}, {nameof(LogisticRegression)} or {nameof(SoftmaxRegression)}.");
        RequireAtLeast(d, 1, "featureNames");
        RequireAtLeast(outputs, isSoftmax ? 2 : 1, "weights");
        if (!isRegression && !isSoftmax)
            RequireLength(outputs, 1, "weights");
        RequireTexts(document.FeatureNames, "featureNames");
        RequireLength(document.TargetNames.Length, isRegression ? outputs : 1, "targetNames");
        RequireTexts(document.TargetNames, "targetNames");
        for (int k = 0; k < outputs; k++)
        {
            string name = Guard.Text($"weights[{k}]");
            if (document.Weights[k] is null)
                throw new ModelFormatException($"'{name}' is null: it must be an array.");
            RequireLength(document.Weights[k].Length, d, name);
            RequireFinite(document.Weights[k], name);
        }

        RequireLength(document.Intercepts.Length, document.Intercept ? outputs : 0, "intercepts");
        RequireFinite(document.Intercepts, "intercepts");
        RequireLabels(document, isSoftmax, outputs);
    }

    private static void RequireLabels(ModelDocument document, bool mayHaveLabels, int classes)
    {
        if (document.LabelType is not (null or LabelText.Texts or LabelText.Ints or LabelText.Members))
            throw new ModelFormatException($"'labelType' is '{document.LabelType}': it must be null, {LabelText.Texts}, {LabelText.Ints} or {LabelText.Members}.");
        if (document.LabelType is null != document.Labels is null)
            throw new ModelFormatException("One of 'labelType' and 'labels' is null: both or none must be.");
        if (document.Labels is not { } labels)
            return;
        if (!mayHaveLabels)
            throw new ModelFormatException($"'labels' is not null: a {document.Kind} has none.");
        RequireLength(labels.Length, classes, "labels");
        RequireTexts(labels, "labels");
        if (labels.GroupBy(label => label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ModelFormatException($"'labels' has '{twice.Key}' twice: each class needs its own.");
    }

    private static ModelFile Of(ModelDocument document)
    {
        LinearModel model = document.Kind switch
        {
            nameof(LinearRegression) => new LinearRegression(document.Weights.Length, document.Intercept),
            nameof(LogisticRegression) => new LogisticRegression(document.Intercept),
            _ => new SoftmaxRegression(document.Weights.Length, document.Intercept),
        };
        model.Accept([.. document.Weights.SelectMany(row => row), .. document.Intercepts], document.FeatureNames.Length);
        return new ModelFile(model, [.. document.FeatureNames], [.. document.TargetNames])
        {
            LabelType = document.LabelType,
            Labels = [.. document.Labels ?? []],
            Loss = document.Loss,
            Scaling = document.Scaling,
        };
    }

    private static void RequireAtLeast(int length, int least, string name)
    {
        if (length < least)
            throw new ModelFormatException(Guard.Text($"'{name}' has {length} entries: it must have at least {least}."));
    }

    private static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ModelFormatException(Guard.Text($"'{name}' has {length} entries: it must have {expected}."));
    }

    private static void RequireTexts(string[] texts, string name)
    {
        if (Array.IndexOf(texts, null) is var index and >= 0)
            throw new ModelFormatException(Guard.Text($"'{name}[{index}]' is null: it must be a text."));
    }

    private static void RequireFinite(double[] numbers, string name)
    {
        if (Array.FindIndex(numbers, number => !double.IsFinite(number)) is var index and >= 0)
            throw new ModelFormatException(Guard.Text($"'{name}[{index}]' is {numbers[index]}: every number must be finite.")); // JSON's 1e999 is read as infinity
    }

    private static ModelFormatException NotAModel(string? why) => new($"It is not a model file{why}.");

    private static ModelFormatException TooLarge() => new(Guard.Text($"It has more than {MostBytes} bytes: no model file has."));
}

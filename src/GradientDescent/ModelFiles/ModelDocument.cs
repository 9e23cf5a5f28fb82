using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The members of a model file, in their order. No other members are allowed.</summary>
internal sealed record ModelDocument
{
    public const string FormatName = "GradientDescent.Model";
    public const int CurrentVersion = 1;
    public const int MaxBytes = 1 << 28;

    private static readonly ModelJson _compact =
        new(new JsonSerializerOptions(ModelJson.Default.Options) { WriteIndented = false, TypeInfoResolver = null });

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    /// <summary>The columns that the features are made from. Each column has one or more features.</summary>
    public required ModelColumn[] Columns { get; init; }

    /// <summary>True if data sets of the columns are sparse; otherwise the file does not have this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Sparse { get; init; }

    [JsonConverter(typeof(StringArrayConverter))]
    public required string[] TargetNames { get; init; }

    public required string? LabelType { get; init; }

    [JsonConverter(typeof(StringArrayConverter))]
    public required string[]? Labels { get; init; }

    /// <summary>The loss. Loss, scaling and target scaling are either all set or all null.</summary>
    public required string? Loss { get; init; }

    public required string? Scaling { get; init; }

    public required string? TargetScaling { get; init; }

    public required string? Penalty { get; init; }

    public required bool Intercept { get; init; }

    /// <summary>The weights, a row of d weights for each output.</summary>
    [JsonConverter(typeof(NumberRowsConverter))]
    public required double[][] Weights { get; init; }

    /// <summary>The intercepts, one for each output; empty if the model has none.</summary>
    [JsonConverter(typeof(NumberArrayConverter))]
    public required double[] Intercepts { get; init; }

    /// <summary>What the intervals of predictions need; only a linear regression with intervals has this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelIntervals? Intervals { get; init; }

    /// <summary>The task of a network; only a network has this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }

    /// <summary>The layers of a network; only a network has this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelLayer[]? Layers { get; init; }

    /// <summary>How the samples were read from a CSV file; absent if that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelCsv? Csv { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>
    /// Computes the hash of the document, written without spaces and with an empty hash. White space in a file does not change it.
    /// </summary>
    public string ComputeHash()
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        using (var compact = new Utf8JsonWriter(stream))
            JsonSerializer.Serialize(compact, this with { Sha256 = "" }, _compact.ModelDocument);
        return Convert.ToHexStringLower(hash.Hash!);
    }
}

/// <summary>A column of numbers, a text column if it has levels, a column of dates, or one of documents whose words are hashed.</summary>
internal sealed record ModelColumn
{
    public required string Name { get; init; }

    /// <summary>The number that replaces missing numbers.</summary>
    public required double? Filling { get; init; }

    [JsonConverter(typeof(StringArrayConverter))]
    public required string[]? Levels { get; init; }

    /// <summary>The parts of a date; only a column of dates has this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelDate? Date { get; init; }

    /// <summary>How words are hashed; only a column of documents has this member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ModelWords? Words { get; init; }

    public static ModelColumn Of(FeatureColumn column) => new()
    {
        Name = LabelText.Writable(column.Name, "name"),
        Filling = (column as NumericColumn)?.Filling,
        Levels = (column as CategoricalColumn)?.Levels.Select(level => LabelText.Writable(level, "level")).ToArray(),
        Date = column is DateColumn date ? ModelDate.Of(date) : null,
        Words = column is HashedColumn words ? ModelWords.Of(words) : null,
    };

    public FeatureColumn ToColumn() => Date is not null ? Date.ToColumn(Name)
        : Words is not null ? Words.ToColumn(Name)
        : Levels is null ? new NumericColumn(Name, Filling)
        : new CategoricalColumn(Name, Levels);
}

/// <summary>The features of a column of dates: see <see cref="DateColumn"/>.</summary>
internal sealed record ModelDate
{
    public required DateTimeOffset? Origin { get; init; }

    public required bool Year { get; init; }

    public required int[] Months { get; init; }

    /// <summary>The days of the week; 0 is Sunday.</summary>
    public required int[] Weekdays { get; init; }

    /// <summary>The date that replaces missing dates.</summary>
    public required DateTimeOffset? Filling { get; init; }

    public static ModelDate Of(DateColumn column) => new()
    {
        Origin = column.Origin,
        Year = column.HasYear,
        Months = [.. column.Months],
        Weekdays = [.. column.Weekdays.Select(day => (int)day)],
        Filling = column.Filling,
    };

    /// <exception cref="ArgumentException">The members do not make a column.</exception>
    public DateColumn ToColumn(string name) =>
        new(name, Origin, Year, [.. Months], [.. Weekdays.Select(day => (DayOfWeek)day)], Filling);
}

/// <summary>The features of a column of documents: see <see cref="HashedColumn"/>.</summary>
internal sealed record ModelWords
{
    public required int Features { get; init; }

    public required int PhraseLength { get; init; }

    public required bool IgnoreCase { get; init; }

    public required bool Normalize { get; init; }

    public static ModelWords Of(HashedColumn column) => new()
    {
        Features = column.FeatureCount,
        PhraseLength = column.PhraseLength,
        IgnoreCase = column.IgnoreCase,
        Normalize = column.Normalize,
    };

    /// <exception cref="ArgumentException">The members do not make a column.</exception>
    public HashedColumn ToColumn(string name) => new(name, Features, PhraseLength, IgnoreCase, Normalize);
}

/// <summary>The numbers of <see cref="PredictionVariance"/>.</summary>
internal sealed record ModelIntervals
{
    public required double ResidualDeviation { get; init; }

    public required int DegreesOfFreedom { get; init; }

    public required int[] Exponents { get; init; }

    [JsonConverter(typeof(NumberArrayConverter))]
    public required double[] Centers { get; init; }

    [JsonConverter(typeof(NumberRowsConverter))]
    public required double[][] Root { get; init; }

    public static ModelIntervals Of(PredictionVariance variance) => new()
    {
        ResidualDeviation = variance.ResidualDeviation,
        DegreesOfFreedom = variance.DegreesOfFreedom,
        Exponents = [.. variance.Exponents],
        Centers = [.. variance.Centers],
        Root = [.. variance.Root],
    };

    public PredictionVariance ToVariance() => new(Exponents, Centers, Root, ResidualDeviation, DegreesOfFreedom);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    MaxDepth = 5,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelDocument))]
internal sealed partial class ModelJson : JsonSerializerContext;

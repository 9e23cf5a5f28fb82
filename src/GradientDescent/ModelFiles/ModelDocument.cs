using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The members of a model file, in their order. All are required, and no other members are allowed.</summary>
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

/// <summary>A column of numbers, or a text column if it has levels.</summary>
internal sealed record ModelColumn
{
    public required string Name { get; init; }

    /// <summary>The number that replaces missing numbers.</summary>
    public required double? Filling { get; init; }

    [JsonConverter(typeof(StringArrayConverter))]
    public required string[]? Levels { get; init; }

    public static ModelColumn Of(FeatureColumn column) => new()
    {
        Name = LabelText.Writable(column.Name, "name"),
        Filling = (column as NumericColumn)?.Filling,
        Levels = (column as CategoricalColumn)?.Levels.Select(level => LabelText.Writable(level, "level")).ToArray(),
    };

    public FeatureColumn ToColumn() => Levels is null ? new NumericColumn(Name, Filling) : new CategoricalColumn(Name, Levels);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    MaxDepth = 4,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelDocument))]
internal sealed partial class ModelJson : JsonSerializerContext;

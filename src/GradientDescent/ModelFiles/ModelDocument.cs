using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The members of a model file, in their order. Every one of them must be there, and nothing else.</summary>
internal sealed record ModelDocument
{
    public const string FormatName = "GradientDescent.Model";
    public const int CurrentVersion = 1;
    public const int MaxBytes = 1 << 28;

    private static readonly ModelJson _compact = new(new JsonSerializerOptions(ModelJson.Default.Options) { WriteIndented = false, TypeInfoResolver = null });

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    /// <summary>What features are made of: one or more by each.</summary>
    public required ModelColumn[] Columns { get; init; }

    public required string[] TargetNames { get; init; }

    public required string? LabelType { get; init; }

    public required string[]? Labels { get; init; }

    /// <summary>With the next two: all known or none.</summary>
    public required string? Loss { get; init; }

    public required string? Scaling { get; init; }

    public required string? TargetScaling { get; init; }

    public required string? Penalty { get; init; }

    public required bool Intercept { get; init; }

    /// <summary>A row of d for each output.</summary>
    public required double[][] Weights { get; init; }

    /// <summary>One for each output, or none.</summary>
    public required double[] Intercepts { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Of the document as it is written without spaces and with an empty hash: a file that was only laid out anew is the same.</summary>
    public string ComputeHash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Sha256 = "" }, _compact.ModelDocument)));
}

/// <summary>A column of numbers, or with levels one of texts.</summary>
internal sealed record ModelColumn
{
    public required string Name { get; init; }

    /// <summary>What stands for a missing number.</summary>
    public required double? Filling { get; init; }

    public required string[]? Levels { get; init; }

    public static ModelColumn Of(FeatureColumn column) => new()
    {
        Name = LabelText.Unicode(column.Name, "name"),
        Filling = (column as NumericColumn)?.Filling,
        Levels = (column as CategoricalColumn)?.Levels.Select(level => LabelText.Unicode(level, "level")).ToArray(),
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

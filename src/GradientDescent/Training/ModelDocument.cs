using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The members of a model file, in their order. Every one of them must be there, and nothing else.</summary>
internal sealed record ModelDocument
{
    public const string FormatName = "GradientDescent.Model";
    public const int CurrentVersion = 1;

    private static readonly ModelJson _compact = new(new JsonSerializerOptions(ModelJson.Default.Options) { WriteIndented = false, TypeInfoResolver = null });

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    public required string[] FeatureNames { get; init; }

    public required string[] TargetNames { get; init; }

    public required string? LabelType { get; init; }

    public required string[]? Labels { get; init; }

    public required string? Loss { get; init; }

    public required string? Scaling { get; init; }

    public required bool Intercept { get; init; }

    /// <summary>A row of d for each output.</summary>
    public required double[][] Weights { get; init; }

    /// <summary>One for each output, or none.</summary>
    public required double[] Intercepts { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>Of the document as it is written without spaces and with an empty hash: a file that was only laid out anew is the same.</summary>
    public string ComputeHash() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this with { Sha256 = "" }, _compact.ModelDocument)));
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

using System.Text.Json.Serialization;

namespace GradientDescent.Arrow;

/// <summary>The use of the columns of a file. The library writes it into the metadata of the file's schema.</summary>
/// <param name="Features">The name of each feature.</param>
/// <param name="Targets">The columns of the targets, which have their names.</param>
/// <param name="Weights">The column of the weights, if there is one.</param>
internal sealed record ArrowNames(string[] Features, string[] Targets, string? Weights)
{
    /// <summary>The column with the rows of features.</summary>
    public const string FeatureColumn = "features";

    /// <summary>The key of the metadata.</summary>
    public const string Key = "gradientdescent";
}

[JsonSerializable(typeof(ArrowNames))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ArrowNamesJson : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The shape of the way from one factor to another.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RampShape>))]
public enum RampShape
{
    /// <summary>Half a cosine: slow at both ends.</summary>
    Cosine,

    /// <summary>A straight line.</summary>
    Linear,
}

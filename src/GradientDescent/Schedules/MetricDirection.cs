using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The direction in which a metric improves.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MetricDirection>))]
public enum MetricDirection
{
    /// <summary>Lower is better, as for a loss.</summary>
    Minimize,

    /// <summary>Higher is better, as for an accuracy.</summary>
    Maximize,
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GradientDescent.Reporting;

/// <summary>How types are written as JSON.</summary>
internal static class JsonTypes
{
    public static JsonTypeInfo<T> Of<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>
/// Writes figures as JSON. The encoder escapes <c>&lt;</c>, so that no text of a figure can end the script element it is in.
/// </summary>
internal static class FigureJson
{
    private static readonly JsonSerializerOptions _themed = OptionsOf(null), _light = OptionsOf(Theme.Light);

    /// <summary>The figure with the values of the colours on light paper.</summary>
    public static string Light(Figure figure) => JsonSerializer.Serialize(figure, JsonTypes.Of<Figure>(_light));

    /// <summary>Writes the figure with the names of its colours.</summary>
    public static void Write(Utf8JsonWriter writer, Figure figure) =>
        JsonSerializer.Serialize(writer, figure, JsonTypes.Of<Figure>(_themed));

    private static JsonSerializerOptions OptionsOf(Theme? theme) => new()
    {
        TypeInfoResolver = FigureContext.Default,
        PropertyNamingPolicy = new LowerCase(),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ColourConverter(theme), new NumberConverter() },
    };

    // As the attributes of plotly.js are: "hovertemplate".
    private sealed class LowerCase : JsonNamingPolicy
    {
        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}

[JsonSerializable(typeof(Figure))]
[JsonSerializable(typeof(IReadOnlyList<Colour>))]
internal sealed partial class FigureContext : JsonSerializerContext;

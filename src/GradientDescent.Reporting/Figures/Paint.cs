using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>One colour for all points, a colour for each, or a number for each on a colour scale.</summary>
[JsonConverter(typeof(PaintConverter))]
internal readonly record struct Paint(Colour One, IReadOnlyList<Colour>? Each = null, IReadOnlyList<double>? Values = null)
{
    public static implicit operator Paint(Colour colour) => new(colour);
}

/// <summary>Writes a colour, an array of colours or an array of numbers.</summary>
internal sealed class PaintConverter : JsonConverter<Paint>
{
    public override Paint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Paint value, JsonSerializerOptions options)
    {
        if (value.Values is { } values)
            JsonSerializer.Serialize(writer, values, JsonTypes.Of<IReadOnlyList<double>>(options));
        else if (value.Each is { } each)
            JsonSerializer.Serialize(writer, each, JsonTypes.Of<IReadOnlyList<Colour>>(options));
        else
            JsonSerializer.Serialize(writer, value.One, JsonTypes.Of<Colour>(options));
    }
}

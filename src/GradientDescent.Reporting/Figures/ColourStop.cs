using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>A colour at a place of a scale from 0 to 1.</summary>
[JsonConverter(typeof(ColourStopConverter))]
internal readonly record struct ColourStop(double Place, Colour Colour);

/// <summary>Writes a place and a colour as an array.</summary>
internal sealed class ColourStopConverter : JsonConverter<ColourStop>
{
    public override ColourStop Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ColourStop value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Place);
        JsonSerializer.Serialize(writer, value.Colour, JsonTypes.Of<Colour>(options));
        writer.WriteEndArray();
    }
}

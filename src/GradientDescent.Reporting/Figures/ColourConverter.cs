using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>Writes the value of a colour in a theme or, without one, "@name/opacity", which the script of a page looks up.</summary>
internal sealed class ColourConverter(Theme? theme) : JsonConverter<Colour>
{
    public override Colour Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Colour value, JsonSerializerOptions options) => writer.WriteStringValue(
        theme is not null ? theme.ValueOf(value)
        : value.Opacity == 1 ? $"@{value.Name}"
        : FormattableString.Invariant($"@{value.Name}/{value.Opacity}"));
}

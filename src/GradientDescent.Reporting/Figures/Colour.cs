using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>A colour by its name in <see cref="Theme"/>, so that a page can be light or dark.</summary>
/// <param name="Name">The name.</param>
/// <param name="Opacity">The opacity, from 0 to 1.</param>
internal readonly record struct Colour(string Name, double Opacity = 1)
{
    /// <summary>The background.</summary>
    public static Colour Paper { get; } = new("paper");

    /// <summary>Text.</summary>
    public static Colour Ink { get; } = new("ink");

    /// <summary>Text and lines of less importance.</summary>
    public static Colour Muted { get; } = new("muted");

    /// <summary>Lines behind the data.</summary>
    public static Colour Grid { get; } = new("grid");

    /// <summary>The end of the scale of an area near the minimum of a function.</summary>
    public static Colour Low { get; } = new("low");

    /// <summary>The other end.</summary>
    public static Colour High { get; } = new("high");

    /// <summary>The colour of a series. When all colours are used, they come again.</summary>
    public static Colour OfSeries(int series) => new(FormattableString.Invariant($"s{series % Theme.Light.Series.Length}"));

    /// <summary>Whether this is the colour of a series.</summary>
    public bool IsOfSeries => Name is ['s', ..];

    /// <summary>Whether a series has a colour that an earlier one has too: its line has dots and dashes.</summary>
    public static bool IsRepeated(int series) => series / Theme.Light.Series.Length % 2 == 1;
}

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

/// <summary>Writes a place and a colour as an array.</summary>
internal sealed class ColourStopConverter : JsonConverter<ColourStop>
{
    public override ColourStop Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, ColourStop value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Place);
        JsonSerializer.Serialize(writer, value.Colour, FigureJson.TypeOf<Colour>(options));
        writer.WriteEndArray();
    }
}

/// <summary>Writes a colour, an array of colours or an array of numbers.</summary>
internal sealed class PaintConverter : JsonConverter<Paint>
{
    public override Paint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Paint value, JsonSerializerOptions options)
    {
        if (value.Values is { } values)
            JsonSerializer.Serialize(writer, values, FigureJson.TypeOf<IReadOnlyList<double>>(options));
        else if (value.Each is { } each)
            JsonSerializer.Serialize(writer, each, FigureJson.TypeOf<IReadOnlyList<Colour>>(options));
        else
            JsonSerializer.Serialize(writer, value.One, FigureJson.TypeOf<Colour>(options));
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>The arguments of plotly's function <c>animate</c>.</summary>
/// <param name="Frame">The frame to go to; an empty text: stop here; <see langword="null"/>: play all frames.</param>
/// <param name="Duration">The milliseconds that a frame is shown.</param>
[JsonConverter(typeof(AnimationArgumentsConverter))]
internal sealed record AnimationArguments(string? Frame, int Duration = 0)
{
    /// <summary>Plays the frames, from the beginning when they are at their end.</summary>
    public static AnimationArguments Play(int duration) => new(null, duration);

    /// <summary>Stops at the frame that is shown.</summary>
    public static AnimationArguments Stop { get; } = new("");
}

internal sealed class AnimationArgumentsConverter : JsonConverter<AnimationArguments>
{
    public override AnimationArguments Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, AnimationArguments value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        if (value.Frame is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteStartArray();
            if (value.Frame.Length > 0)
                writer.WriteStringValue(value.Frame);
            else
                writer.WriteNullValue();
            writer.WriteEndArray();
        }

        writer.WriteStartObject();
        writer.WriteString("mode", "immediate");
        if (value.Frame is null)
            writer.WriteBoolean("fromcurrent", true);
        writer.WriteStartObject("frame");
        writer.WriteNumber("duration", value.Duration);
        writer.WriteBoolean("redraw", true); // else contours vanish
        writer.WriteEndObject();
        writer.WriteStartObject("transition");
        writer.WriteNumber("duration", 0);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GradientDescent.Reporting;

/// <summary>
/// The values that the script of the page shows, as JSON. The JSON encoder escapes <c>&lt;</c>, so that no label can end the script
/// element.
/// </summary>
internal static class HoverData
{
    public static string Json(IReadOnlyList<(string Id, Chart Chart)> charts, Dictionary<string, int> runs)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach ((string id, Chart chart) in charts)
            {
                if (chart.Hover is { } hover)
                    Write(json, id, hover, runs);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string id, HoverValues hover, Dictionary<string, int> runs)
    {
        Frame frame = hover.Frame;
        List<string> names = [.. hover.Series.Select(one => one.Name).Distinct()];
        var canvas = new SvgCanvas(runs);
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteBoolean("byColumn", hover.IsByColumn);
        json.WriteStartArray("box");
        foreach (double side in new[] { frame.Left, frame.Top, frame.Width, frame.Height })
            json.WriteNumberValue(side);
        json.WriteEndArray();
        Write(json, "x", frame.X);
        Write(json, "y", frame.Y);
        json.WriteStartArray("series");
        foreach (Series one in hover.Series)
        {
            json.WriteStartObject();
            json.WriteString("name", VisibleText.OneLine(one.Label));
            int colour = canvas.ColourOf(one.Name, names.IndexOf(one.Name));
            json.WriteString("style", Palette.Style(colour));
            json.WriteString("mark", Palette.Mark(colour));
            json.WriteNumber("run", runs.TryGetValue(one.Name, out int run) ? run : -1);
            Write(json, "x", one.X);
            Write(json, "y", one.Y);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Axis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("label", axis.Label);
        json.WriteNumber("min", axis.Minimum);
        json.WriteNumber("max", axis.Maximum);
        json.WriteBoolean("log", axis.IsLogarithmic);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, double[] values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                json.WriteRawValue(value.ToString(IsExactInteger(value) ? "R" : "G6", CultureInfo.InvariantCulture));
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
    }

    private static bool IsExactInteger(double value) => Math.Abs(value) < 1e15 && value == Math.Floor(value);
}

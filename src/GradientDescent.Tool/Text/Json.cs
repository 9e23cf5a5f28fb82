using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>Writes the JSON of all commands: indented, with all digits, and with <c>null</c> for numbers that are not finite.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions _options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="output">The writer that the text is printed to.</param>
    /// <param name="write">The function that writes one JSON value.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _options))
            write(json);
        output.WriteLine(WithoutControls(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)));
    }

    /// <summary>
    /// Escapes the invisible characters that the encoder leaves in strings, such as U+202E, because JSON is shown on terminals too. JSON
    /// has no such characters outside strings.
    /// </summary>
    private static string WithoutControls(string json)
    {
        if (json.All(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format))
            return json;
        IEnumerable<string> escaped = json.Select(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format
            ? FormattableString.Invariant($"\\u{(int)c:x4}")
            : c.ToString());
        return string.Concat(escaped);
    }

    public static void WriteFinite(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes the result of a run. All commands use the same members.</summary>
    public static void WriteRun(this Utf8JsonWriter json, TrainingResult result)
    {
        json.WriteString("reason", result.Reason.ToString());
        json.WriteString("stop", result.Stop.ToString());
        json.WriteString("diagnosis", result.Diagnosis);
        json.WriteNumber("steps", result.Steps);
        json.WriteNumber("epochs", result.Epochs);
        json.WriteFinite("loss", result.Loss);
        json.WriteFinite("gradientNorm", result.GradientNorm);
        json.WriteFinite("seconds", result.Elapsed.TotalSeconds);
    }
}

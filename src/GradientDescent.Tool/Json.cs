using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>JSON as all commands print it: indented, with every digit, and null for what is not finite.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions _options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="output">Where the text goes.</param>
    /// <param name="write">Writes one value.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, _options))
            write(json);
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    public static void WriteFinite(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>How a run ended, the same fields wherever there is one.</summary>
    public static void WriteRun(this Utf8JsonWriter json, TrainingResult result)
    {
        json.WriteString("reason", result.Reason.ToString());
        json.WriteString("stop", result.Stop.ToString());
        json.WriteNumber("updates", result.Steps);
        json.WriteNumber("epochs", result.Epochs);
        json.WriteFinite("loss", result.Loss);
        json.WriteFinite("gradientNorm", result.GradientNorm);
        json.WriteFinite("seconds", result.Elapsed.TotalSeconds);
    }
}

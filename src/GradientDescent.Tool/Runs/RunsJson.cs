using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>Writes runs as JSON.</summary>
internal static class RunsJson
{
    public static void Write(TextWriter output, IEnumerable<RunRecord> runs) => Json.Write(output, json =>
    {
        json.WriteStartArray();
        foreach (RunRecord run in runs)
            Write(json, run);
        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, RunRecord run)
    {
        json.WriteStartObject();
        json.WriteNumber("id", run.Id);
        json.WriteString("name", run.Name);
        json.WriteString("started", run.Started.UtcDateTime);
        json.WriteFinite("seconds", run.Duration.TotalSeconds);
        json.WriteString("model", run.Model);
        json.WriteString("optimizer", run.Optimizer);
        json.WriteString("settings", run.Settings);
        if (run.Seed is { } seed)
            json.WriteNumber("seed", seed);
        else
            json.WriteNull("seed");
        json.WriteString("target", run.Target);
        json.WriteString("data", run.DataSource);
        json.WriteString("fingerprint", run.DataFingerprint);
        json.WriteNumber("samples", run.SampleCount);
        json.WriteNumber("features", run.FeatureCount);
        json.WriteString("reason", run.Reason.ToString());
        json.WriteNumber("steps", run.Steps);
        json.WriteNumber("epochs", run.Epochs);
        json.WriteFinite("loss", run.Loss);
        WriteMetrics(json, "training", run.TrainingMetrics);
        WriteMetrics(json, "validation", run.ValidationMetrics);
        json.WriteString("saved", run.ModelFile);
        json.WriteStartObject("tags");
        foreach ((string name, string value) in run.Tags)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, string part, IReadOnlyDictionary<string, double> metrics)
    {
        json.WriteStartObject(part);
        foreach ((string name, double value) in metrics)
            json.WriteFinite(name, value);
        json.WriteEndObject();
    }
}

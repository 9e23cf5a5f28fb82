using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>Writes a comparison as JSON.</summary>
internal static class ComparisonJson
{
    /// <param name="output">The writer that the text is printed to.</param>
    /// <param name="comparison">The comparison to write.</param>
    /// <param name="data">The data of the comparison.</param>
    /// <param name="source">The name of the data.</param>
    /// <param name="report">The path of the HTML page, or <see langword="null"/>.</param>
    public static void Write(TextWriter output, Comparison comparison, Dataset data, string source, string? report) =>
        Json.Write(output, json => WriteObject(json, comparison, data, source, report));

    private static void WriteObject(Utf8JsonWriter json, Comparison comparison, Dataset data, string source, string? report)
    {
        AnalyticOptimum optimum = comparison.Optimum;
        json.WriteStartObject();
        json.WriteString("data", source);
        json.WriteString("target", data.TargetNames[0]);
        json.WriteNumber("samples", data.SampleCount);
        json.WriteNumber("features", data.FeatureCount);
        json.WriteStartObject("optimum");
        json.WriteFinite("loss", optimum.Loss);
        json.WriteFinite("startLoss", optimum.StartLoss);
        json.WriteFinite("gapUnit", optimum.GapUnit);
        json.WriteFinite("seconds", optimum.Elapsed.TotalSeconds);
        json.WriteEndObject();
        json.WriteStartArray("runs");
        foreach (ComparisonRow row in comparison.Rows)
        {
            json.WriteStartObject();
            json.WriteString("optimizer", row.Compared.Name);
            json.WriteString("batch", row.Compared.Optimizer.Batching.ToString());
            json.WriteNumber("rate", row.Compared.Optimizer.LearningRate);
            json.WriteString("schedule", row.Compared.ScheduleName);
            json.WriteNumber("seed", row.Options.Seed);
            json.WriteFinite("gap", row.Gap);
            json.WriteRun(row.Result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("notRun", comparison.NotRun);
        json.WriteStrings("notes", comparison.Notes);
        json.WriteString("report", report);
        json.WriteEndObject();
    }
}

namespace GradientDescent.Tool;

/// <summary>A comparison as JSON.</summary>
internal static class ComparisonJson
{
    /// <param name="output">Where the text goes.</param>
    /// <param name="comparison">What was found.</param>
    /// <param name="data">Where.</param>
    /// <param name="source">What the data is called.</param>
    /// <param name="report">The page's file, or <see langword="null"/>.</param>
    public static void Write(TextWriter output, Comparison comparison, Dataset data, string source, string? report) => Json.Write(output, json =>
    {
        LeastSquares optimum = comparison.Optimum;
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
            json.WriteString("optimizer", row.Contestant.Name);
            json.WriteString("batch", row.Contestant.Optimizer.Batching.ToString());
            json.WriteNumber("rate", row.Contestant.Optimizer.LearningRate);
            json.WriteString("schedule", row.Contestant.ScheduleName);
            json.WriteNumber("seed", row.Options.Seed);
            json.WriteFinite("gap", row.Gap);
            json.WriteRun(row.Result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteTexts("notRun", comparison.NotRun);
        json.WriteTexts("notes", comparison.Notes);
        json.WriteString("report", report);
        json.WriteEndObject();
    });
}

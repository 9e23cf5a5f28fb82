using System.Collections.Immutable;
using System.Text.Json;

namespace GradientDescent.Tool;

/// <summary>Writes a fit as JSON.</summary>
internal static class FitJson
{
    /// <param name="output">The writer that the text is printed to.</param>
    /// <param name="fit">The fit to write.</param>
    /// <param name="savedAs">The path of the model file, or <see langword="null"/>.</param>
    /// <param name="report">The path of the HTML page, or <see langword="null"/>.</param>
    public static void Write(TextWriter output, FitReport fit, string? savedAs, string? report) => Json.Write(output, json =>
    {
        FittedModel fitted = fit.Fitted;
        json.WriteStartObject();
        json.WriteString("model", fitted.Target.Model);
        json.WriteString("target", fitted.Target.Name);
        json.WriteStrings("labels", fitted.Target.Labels);
        json.WriteNumber("samples", fitted.Training.SampleCount);
        WriteCoefficients(json, fit);
        if (fitted.Statistics is { Contrasts: [_, ..] } statistics)
            WriteContrasts(json, statistics);
        WriteStatistics(json, fitted.Statistics);
        WriteMetrics(json, "training", fitted, fitted.Training);
        WriteMetrics(json, "validation", fitted, fitted.Validation);
        json.WriteStartObject("run");
        json.WriteRun(fitted.Result);
        json.WriteEndObject();
        json.WriteStrings("notes", fit.AllNotes());
        json.WriteString("saved", savedAs);
        json.WriteString("report", report);
        json.WriteEndObject();
    });

    private static void WriteCoefficients(Utf8JsonWriter json, FitReport fit)
    {
        FittedModel fitted = fit.Fitted;
        json.WriteStartArray("coefficients");
        for (int output = 0; output < fitted.Model.OutputCount; output++)
        {
            ImmutableArray<string> names = fitted.Names;
            for (int row = 0; row < names.Length; row++)
            {
                json.WriteStartObject();
                json.WriteString("name", names[row]);
                if (fitted.Model.OutputCount > 1)
                    json.WriteString("label", fitted.Target.Labels[output]);
                json.WriteFinite("estimate", fitted.Coefficient(row, output));
                if (fitted.Statistics is { Coefficients: [_, ..] tests } statistics)
                    WriteTest(json, tests[row], statistics.TestName);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteContrasts(Utf8JsonWriter json, FitStatistics statistics)
    {
        json.WriteStartObject("contrasts");
        json.WriteString("against", statistics.BaseLabel);
        json.WriteStartArray("coefficients");
        foreach (ContrastTest contrast in statistics.Contrasts)
        {
            json.WriteStartObject();
            json.WriteString("name", contrast.Name);
            json.WriteString("label", contrast.Label);
            json.WriteFinite("estimate", contrast.Estimate);
            WriteTest(json, contrast.Test, statistics.TestName);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTest(Utf8JsonWriter json, CoefficientTest test, string testName)
    {
        json.WriteFinite("standardError", test.StandardError);
        json.WriteFinite(testName, test.Statistic);
        json.WriteFinite("p", test.PValue);
        json.WriteFinite("lower", test.Interval.Lower);
        json.WriteFinite("upper", test.Interval.Upper);
        if (testName == "t")
            json.WriteFinite("vif", test.Inflation);
    }

    private static void WriteStatistics(Utf8JsonWriter json, FitStatistics? statistics)
    {
        if (statistics is null)
        {
            json.WriteNull("statistics");
            return;
        }

        json.WriteStartObject("statistics");
        foreach ((string name, double value) in statistics.Summary)
            json.WriteFinite(name, value);
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, string name, FittedModel fitted, Dataset? data)
    {
        if (data is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach ((string metric, double value) in fitted.Metrics(data))
            json.WriteFinite(metric == "log loss" ? "logLoss" : metric == "R2" ? "rSquared" : metric.ToLowerInvariant(), value);
        if (fitted.Judge(data) is { } report)
            ClassifierJson.Write(json, report);
        json.WriteEndObject();
    }
}

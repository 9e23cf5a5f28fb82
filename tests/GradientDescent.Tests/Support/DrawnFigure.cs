using System.Text.Json.Nodes;
using GradientDescent.Reporting;

namespace GradientDescent.Tests.Support;

/// <summary>The figure of a chart as a reader of its JSON finds it.</summary>
internal sealed class DrawnFigure
{
    public DrawnFigure(Chart chart)
    {
        Json = JsonNode.Parse(chart.ToJson())!;
        Traces = [.. Json["data"]!.AsArray().Select(trace => trace!)];
    }

    public JsonNode Json { get; }

    public JsonNode[] Traces { get; }

    public JsonNode Layout => Json["layout"]!;

    /// <summary>The traces of a series, by the name that its data has.</summary>
    public JsonNode[] Of(string series) => [.. Traces.Where(trace => (string?)trace["meta"]?["series"] == series)];

    /// <summary>The traces with dots or lines that have no name, such as a cloud of points.</summary>
    public JsonNode Only(string mode) => Traces.Single(trace => (string?)trace["mode"] == mode);

    /// <summary>The ends of an axis; of a logarithmic one as powers of ten.</summary>
    public double[] Range(string axis) => Numbers(Layout[axis]!["range"]!);

    public bool IsLogarithmic(string axis) => (string?)Layout[axis]!["type"] == "log";

    /// <summary>Numbers; null is NaN.</summary>
    public static double[] Numbers(JsonNode values) => [.. values.AsArray().Select(value => value is null ? double.NaN : (double)value)];

    public static double[] X(JsonNode trace) => Numbers(trace["x"]!);

    public static double[] Y(JsonNode trace) => Numbers(trace["y"]!);

    public static string[] Texts(JsonNode values) => [.. values.AsArray().Select(value => (string)value!)];
}

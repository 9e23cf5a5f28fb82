using System.Text.Json.Nodes;

namespace GradientDescent.Tests.Golden;

internal static class GoldenFile
{
    public static JsonNode Load(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)))!;

    public static double[] Numbers(this JsonNode? node) => [.. node!.AsArray().Select(n => (double)n!)];
}

using System.Text.Json;

namespace GradientDescent.Tests.Tool;

/// <summary>What the tool prints with <c>--json</c>, read back.</summary>
internal static class JsonOutput
{
    public static JsonElement Root(string output) => JsonDocument.Parse(output).RootElement;

    public static double Number(string output, string parent, string name) =>
        Root(output).GetProperty(parent).GetProperty(name).GetDouble();

    public static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}

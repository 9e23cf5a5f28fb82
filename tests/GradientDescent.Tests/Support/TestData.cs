using System.Text.Json;

namespace GradientDescent.Tests.Support;

/// <summary>Where the test data lies, and how other libraries' numbers are compared.</summary>
internal static class TestData
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name);

    /// <summary>The cases of a file in Golden/.</summary>
    public static IEnumerable<JsonElement> Golden(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)));
        return document.RootElement.Clone().GetProperty("cases").EnumerateArray();
    }

    /// <summary>The numbers of an array, row after row where it has rows.</summary>
    public static double[] Numbers(this JsonElement array) =>
        [.. array.EnumerateArray().SelectMany(e => e.ValueKind == JsonValueKind.Array ? Numbers(e) : [e.GetDouble()])];

    public static bool IsWithin(double actual, double expected, double relative, double absolute = 0) =>
        actual == expected || Math.Abs(actual - expected) <= absolute + relative * Math.Abs(expected);

    public static void ShouldBeWithin(this IEnumerable<double> actual, IEnumerable<double> expected, double relative,
        double absolute = 0) =>
        actual.Should().Equal(expected, (a, e) => IsWithin(a, e, relative, absolute));
}

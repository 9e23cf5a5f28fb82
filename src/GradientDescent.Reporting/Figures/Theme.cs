using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>
/// The colours for a light or a dark background. Series have the colours of Okabe and Ito, which colour-blind readers can distinguish. Pale
/// colours are darker on white paper and dark colours lighter on a dark page, so that each has a contrast of at least 3 to its background
/// (WCAG 2.1, 1.4.11).
/// </summary>
internal sealed record Theme(
    string Paper, string Ink, string Muted, string Grid, string Low, string High, ImmutableArray<string> Series)
{
    public static Theme Light { get; } = new(
        Paper: "#ffffff", Ink: "#1c1f23", Muted: "#5a6068", Grid: "#e3e6e9", Low: "#f7fafd", High: "#7f9dbb",
        ["#0072b2", "#d55e00", "#008560", "#b5568d", "#a57200", "#1c1f23", "#3a8fc8", "#7d7500"]);

    public static Theme Dark { get; } = new(
        Paper: "#15181c", Ink: "#e8eaed", Muted: "#a5abb3", Grid: "#30353b", Low: "#15181c", High: "#45627f",
        ["#56b4e9", "#f0803c", "#1fbf8f", "#dc8fbd", "#e69f00", "#e8eaed", "#a9d6f2", "#f0e442"]);

    /// <summary>The names and values of all colours.</summary>
    public IEnumerable<(string Name, string Value)> Colours =>
    [
        ("paper", Paper), ("ink", Ink), ("muted", Muted), ("grid", Grid), ("low", Low), ("high", High),
        .. Series.Select((colour, i) => (FormattableString.Invariant($"s{i}"), colour)),
    ];

    /// <summary>The value of a colour in CSS.</summary>
    public string ValueOf(Colour colour)
    {
        string value = Colours.First(one => one.Name == colour.Name).Value;
        return colour.Opacity == 1
            ? value
            : FormattableString.Invariant($"rgba({Part(value, 1)},{Part(value, 3)},{Part(value, 5)},{colour.Opacity})");
    }

    private static int Part(string value, int start) =>
        int.Parse(value.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

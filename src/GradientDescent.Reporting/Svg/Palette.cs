using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <summary>
/// The colours of Okabe and Ito, which colour-blind readers can distinguish. Pale colours are darker on white paper and dark colours
/// lighter on a dark page, so that each has a contrast of at least 3 to its background (WCAG 2.1, 1.4.11).
/// </summary>
internal static class Palette
{
    public static Theme Light { get; } = new(
        Paper: "#ffffff", Ink: "#1c1f23", Muted: "#5a6068", Grid: "#e3e6e9",
        ["#0072b2", "#d55e00", "#008560", "#b5568d", "#a57200", "#1c1f23", "#3a8fc8", "#7d7500"]);

    public static Theme Dark { get; } = new(
        Paper: "#15181c", Ink: "#e8eaed", Muted: "#a5abb3", Grid: "#30353b",
        ["#56b4e9", "#f0803c", "#1fbf8f", "#dc8fbd", "#e69f00", "#e8eaed", "#a9d6f2", "#f0e442"]);

    /// <summary>The CSS class of a series. When all colours are used, the next series have the same colours with dots and dashes.</summary>
    public static string Style(int series) =>
        FormattableString.Invariant($"s{series % Light.Series.Length}{(IsSecond(series) ? " second" : "")}");

    /// <summary>The symbol before the name of a series in a text.</summary>
    public static string Mark(int series) => IsSecond(series) ? "◆" : "■";

    /// <summary>The CSS rules of a chart.</summary>
    /// <param name="colourOf">Returns the CSS value of a colour from its name and its value on light paper.</param>
    public static string Rules(Func<string, string, string> colourOf)
    {
        string paper = colourOf("paper", Light.Paper), ink = colourOf("ink", Light.Ink);
        string muted = colourOf("muted", Light.Muted), grid = colourOf("grid", Light.Grid);
        string series = string.Concat(Light.Series.Select((colour, i) => Rule(FormattableString.Invariant($"s{i}"), colour)));
        return
            $$"""
            .gd{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            .gd text{fill:{{ink}}}
            .gd .muted{fill:{{muted}}}
            .gd .title{font-size:14px;font-weight:600}
            .gd .paper{fill:{{paper}}}
            .gd .grid{stroke:{{grid}};fill:none}
            .gd .axis{stroke:{{muted}};fill:none}
            .gd .zero{stroke:{{muted}};stroke-dasharray:2 3}
            .gd .level{stroke:{{muted}};fill:none}
            .gd .line{fill:none;stroke:currentColor;stroke-width:1.7;stroke-linejoin:round}
            .gd .dashed{stroke-dasharray:5 3}
            .gd .second .line{stroke-dasharray:9 2 2 2}
            .gd .second .dashed{stroke-dasharray:5 2 1 2}
            .gd .fill{fill:currentColor}
            .gd .ring{fill:{{paper}};stroke:currentColor;stroke-width:1.7}

            """ + series;

        string Rule(string name, string value) => $".gd .{name}{{color:{colourOf(name, value)}}}\n";
    }

    private static bool IsSecond(int series) => series / Light.Series.Length % 2 == 1;
}

/// <summary>The colours for a light or a dark background.</summary>
internal sealed record Theme(string Paper, string Ink, string Muted, string Grid, ImmutableArray<string> Series)
{
    /// <summary>The names and values of all colours.</summary>
    public IEnumerable<(string Name, string Value)> Colours =>
    [
        ("paper", Paper), ("ink", Ink), ("muted", Muted), ("grid", Grid),
        .. Series.Select((colour, i) => (FormattableString.Invariant($"s{i}"), colour)),
    ];
}

using System.Text;
using System.Text.Json;

namespace GradientDescent.Reporting;

/// <summary>
/// Writes whole HTML pages. Their content security policy allows the scripts of the page by their hashes, styles, and pictures that the
/// script makes, and nothing from elsewhere.
/// </summary>
internal static class HtmlPage
{
    private const string Tools =
        """
        <button type="button" class="zoom" aria-pressed="false">Zoom</button><button type="button" class="reset">Whole view</button>
        <button type="button" data-format="svg">SVG</button><button type="button" data-format="png">PNG</button>
        """;

    /// <summary>A page with one figure.</summary>
    public static string Write(TitledFigure figure) => Write(figure.Title, Figure(figure, 0), [figure], []);

    /// <summary>A page with several figures.</summary>
    /// <param name="title">The title of the window.</param>
    /// <param name="body">The content of the page, with the elements that <see cref="Figure"/> returns.</param>
    /// <param name="charts">The figures, in the order of their numbers.</param>
    /// <param name="runs">The numbers of the runs by name.</param>
    public static string Write(string title, string body, List<TitledFigure> charts, Dictionary<string, int> runs)
    {
        (string style, _) = PageScripts.Of("page.css");
        (string script, string scriptHash) = PageScripts.Of("page.js");
        bool hasCharts = charts.Count > 0;
        (string plotly, string plotlyHash) = PageScripts.Plotly(charts.Any(chart => chart.Figure.NeedsWholeScript()));
        string scripts = hasCharts ? $"'{plotlyHash}' '{scriptHash}'" : "'none'";
        string policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src {scripts}; img-src data: blob:; base-uri 'none'; "
            + "form-action 'none'";
        string end = !hasCharts ? "" :
            $"""
            <noscript><p>The charts need JavaScript; the tables do not.</p></noscript>
            <script type="application/json" id="data">{DataOf(charts, runs)}</script>
            <script>{plotly}</script>
            <script>{script}</script>

            """;
        style = style.Replace("/*light*/", Variables(Theme.Light), StringComparison.Ordinal)
            .Replace("/*dark*/", Variables(Theme.Dark), StringComparison.Ordinal);
        return
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html.Escape(title)}</title>
            <style>{style}</style>
            </head>
            <body>
            <main>
            {body}</main>
            {end}</body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The element of a figure.</summary>
    /// <param name="chart">The figure.</param>
    /// <param name="index">Its number on the page, from 0.</param>
    public static string Figure(TitledFigure chart, int index)
    {
        string label = Html.Escape($"{chart.Title}. {chart.Description}");
        string attributes = FormattableString.Invariant(
            $"id=\"chart{index}\" role=\"img\" tabindex=\"0\" aria-label=\"{label}\" style=\"height:{chart.Figure.Layout.Height}px\"");
        return
            $"""
            <figure>
            <h3>{Html.Escape(chart.Title)}</h3>
            <p>{Html.Escape(chart.Description)}</p>
            <div class="plot" {attributes}></div>
            {PlayerOf(chart.Figure)}<div class="tools"><span class="value" role="status"></span>{Tools}</div>
            </figure>

            """;
    }

    /// <summary>The button and the slider of an animation.</summary>
    private static string PlayerOf(Figure figure) => figure.Frames is not { Count: > 1 } frames ? "" : FormattableString.Invariant(
        $"""
        <div class="player"><button type="button">Play</button>
        <input type="range" min="0" max="{frames.Count - 1}" value="{frames.Count - 1}" aria-label="step" autocomplete="off">
        <output></output></div>

        """);

    private static string DataOf(List<TitledFigure> charts, Dictionary<string, int> runs)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            Write(json, "light", Theme.Light);
            Write(json, "dark", Theme.Dark);
            json.WriteStartArray("runs");
            foreach ((string name, _) in runs.OrderBy(run => run.Value))
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("figures");
            foreach (TitledFigure chart in charts)
                FigureJson.Write(json, chart.Figure.WithColoursOf(runs));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string name, Theme theme)
    {
        json.WriteStartObject(name);
        foreach ((string colour, string value) in theme.Colours)
            json.WriteString(colour, value);
        json.WriteEndObject();
    }

    private static string Variables(Theme theme) => string.Concat(theme.Colours.Select(colour => $"--{colour.Name}:{colour.Value};"));
}

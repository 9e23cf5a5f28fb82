using System.Globalization;
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

    private const string ImageStart = "<pre id=\"image\">data:image/";

    /// <summary>A page with one chart.</summary>
    public static string Write(Chart chart) => Write(chart.Title, "", [chart], [], body => $"{body}\n");

    /// <summary>
    /// A page of runs and sections: figures come first, settings last. A page of several runs compares them, so it begins with their curves; a
    /// single run is a detail of the sections, and follows them.
    /// </summary>
    public static string Write(
        string title, IReadOnlyList<string> notes, IReadOnlyList<ReportRun> runs, IReadOnlyList<Section> sections, Section? curves)
    {
        var indices = runs.Select((run, i) => (run.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        var charts = new List<Chart>();
        var body = new StringBuilder();
        if (runs.Count > 1)
            AppendRuns();
        foreach (Section section in sections)
            Append(section);
        if (runs.Count == 1)
            AppendRuns();
        if (notes.Count > 0)
        {
            body.Append("<section>\n<h2>About this page</h2>\n");
            foreach (string note in notes)
                body.Append(CultureInfo.InvariantCulture, $"<p>{Html.Escape(note)}</p>\n");
            body.Append("</section>\n");
        }

        if (runs.Count > 0)
            body.Append(RunTables.Settings(runs));
        return Write(title, $"<h1>{Html.Escape(title)}</h1>\n", charts, indices, _ => body.ToString());

        void AppendRuns()
        {
            if (curves is not null)
                Append(curves);
            body.Append(RunTables.Summary(runs)).Append(RunTables.Endings(runs));
        }

        void Append(Section section)
        {
            body.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Html.Escape(section.Heading)}</h2>\n");
            if (section.Charts.Count > 0)
            {
                body.Append("<div class=\"charts\">\n");
                foreach (Chart chart in section.Charts)
                {
                    body.Append(Figure(chart, charts.Count));
                    charts.Add(chart);
                }

                body.Append("</div>\n");
            }

            body.Append(section.TablesAsHtml()).Append("</section>\n");
        }
    }

    /// <summary>A page that draws one chart as a picture and shows the picture as text.</summary>
    public static string WriteForImage(Chart chart, string format, ImageOptions options)
    {
        string plotly = PageScripts.Plotly(chart.Figure.NeedsWholeScript()).Text;
        string height = FormattableString.Invariant($"{options.Height ?? chart.Figure.Layout.Height}");
        string size = FormattableString.Invariant($"width: {options.Width}, height: {height}, scale: {(format == "png" ? options.Scale : 1)}");
        return
            $$"""
            <!DOCTYPE html>
            <meta charset="utf-8">
            <body>
            <script>{{plotly}}</script>
            <script type="application/json" id="figure">{{chart.ToJson()}}</script>
            <script>
            const { data, layout } = JSON.parse(document.getElementById('figure').textContent);
            delete layout.updatemenus;
            delete layout.sliders;
            Plotly.toImage({ data, layout }, { format: '{{format}}', {{size}} }).then(image => {
              const text = document.createElement('pre');
              text.id = 'image';
              text.textContent = image;
              document.body.append(text);
            });
            </script>
            </body>
            """;
    }

    /// <summary>The picture in what a browser made of <see cref="WriteForImage"/>; <see langword="null"/>: there is none.</summary>
    public static byte[]? ImageIn(string shown, string format)
    {
        int start = shown.IndexOf(ImageStart, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start = shown.IndexOf(',', start) + 1;
        string data = shown[start..shown.IndexOf("</pre>", start, StringComparison.Ordinal)];
        return format == "png" ? Convert.FromBase64String(data) : Encoding.UTF8.GetBytes(Uri.UnescapeDataString(data) + "\n");
    }

    private static string Write(
        string title, string heading, List<Chart> charts, Dictionary<string, int> runs, Func<string, string> bodyOf)
    {
        (string style, _) = PageScripts.Of("page.css");
        (string script, string scriptHash) = PageScripts.Of("page.js");
        bool hasCharts = charts.Count > 0;
        (string plotly, string plotlyHash) = hasCharts ? PageScripts.Plotly(charts.Any(chart => chart.Figure.NeedsWholeScript())) : ("", "");
        string scripts = hasCharts ? $"'{plotlyHash}' '{scriptHash}'" : "'none'";
        string policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src {scripts}; img-src data: blob:; base-uri 'none'; form-action 'none'";
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
            {heading}{bodyOf(string.Concat(charts.Select(Figure)))}</main>
            {end}</body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static string Figure(Chart chart, int index) =>
        FormattableString.Invariant(
        $"""
        <figure>
        <h3>{Html.Escape(chart.Title)}</h3>
        <p>{Html.Escape(chart.Description)}</p>
        <div class="plot" id="chart{index}" role="img" tabindex="0" aria-label="{Html.Escape($"{chart.Title}. {chart.Description}")}" style="height:{chart.Figure.Layout.Height}px"></div>
        <div class="tools"><span class="value" role="status"></span>{Tools}</div>
        </figure>

        """);

    private static string DataOf(List<Chart> charts, Dictionary<string, int> runs)
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
            foreach (Chart chart in charts)
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

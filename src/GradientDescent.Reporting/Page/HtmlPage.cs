using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>
/// Writes a whole HTML page. Its content security policy allows only the style sheet and the script of the page, by their hashes.
/// </summary>
internal static class HtmlPage
{
    public static string Write(string title, IReadOnlyList<string> notes, IReadOnlyList<ReportRun> runs, IReadOnlyList<Section> sections)
    {
        string style = Palette.Rules((name, _) => $"var(--{name})") + Resource("report.css")
            .Replace("/*light*/", Variables(Palette.Light), StringComparison.Ordinal)
            .Replace("/*dark*/", Variables(Palette.Dark), StringComparison.Ordinal);
        string script = Resource("report.js");
        string policy = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'";
        var indices = runs.Select((run, i) => (run.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        var charts = new List<(string Id, Chart Chart)>();
        var body = new StringBuilder();
        foreach (string note in notes)
            body.Append(CultureInfo.InvariantCulture, $"<p>{SvgCanvas.Escape(note)}</p>\n");
        if (runs.Count > 0)
            body.Append(RunTables.Summary(runs)).Append(RunTables.Endings(runs));
        foreach (Section section in sections)
        {
            body.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{SvgCanvas.Escape(section.Heading)}</h2>\n{section.TablesAsHtml()}");
            if (section.Charts.Count > 0)
                body.Append("<div class=\"charts\">\n");
            foreach (Chart chart in section.Charts)
            {
                string id = FormattableString.Invariant($"chart{charts.Count}");
                charts.Add((id, chart));
                body.Append("<figure>\n").Append(chart.ToInlineSvg(id, indices)).Append("</figure>\n");
            }

            body.Append(section.Charts.Count > 0 ? "</div>\n</section>\n" : "</section>\n");
        }

        if (runs.Count > 0)
            body.Append(RunTables.Settings(runs));
        return
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{SvgCanvas.Escape(title)}</title>
            <style>{style}</style>
            </head>
            <body>
            <main>
            <h1>{SvgCanvas.Escape(title)}</h1>
            {body}</main>
            <script type="application/json" id="data">{HoverData.Json(charts, indices)}</script>
            <script>{script}</script>
            </body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    private static string Variables(Theme theme) => string.Concat(theme.Colours.Select(colour => $"--{colour.Name}:{colour.Value};"));

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

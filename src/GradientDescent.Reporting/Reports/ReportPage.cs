using System.Globalization;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Writes the page of a report.</summary>
internal static class ReportPage
{
    /// <summary>
    /// A page of runs and sections: figures come first, settings last. A page of several runs compares them, so it begins with their
    /// curves; a single run is a detail of the sections, and follows them.
    /// </summary>
    public static string Write(
        string title, IReadOnlyList<string> notes, IReadOnlyList<ReportRun> runs, IReadOnlyList<Section> sections, Section? curves)
    {
        var indices = runs.Select((run, i) => (run.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        var charts = new List<TitledFigure>();
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
        return HtmlPage.Write(title, $"<h1>{Html.Escape(title)}</h1>\n{body}", charts, indices);

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
                    body.Append(HtmlPage.Figure(chart.Titled, charts.Count));
                    charts.Add(chart.Titled);
                }

                body.Append("</div>\n");
            }

            body.Append(section.TablesAsHtml()).Append("</section>\n");
        }
    }
}

using System.Globalization;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>A section of a page: a heading, tables and charts.</summary>
internal sealed record Section(string Heading)
{
    public List<(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)> Tables { get; } = [];

    public List<Chart> Charts { get; init; } = [];

    /// <summary>The tables as HTML. The first column of a table names the row.</summary>
    public string TablesAsHtml()
    {
        var html = new StringBuilder();
        foreach ((IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows) in Tables)
        {
            html.Append("<div class=\"scroll\"><table>\n<thead><tr>");
            for (int i = 0; i < header.Count; i++)
            {
                string style = i == 0 ? "" : " class=\"number\"";
                html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{style}>{Html.Escape(header[i])}</th>");
            }

            html.Append("</tr></thead>\n<tbody>\n");
            foreach (IReadOnlyList<string> row in rows)
            {
                html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html.Escape(row[0])}</th>");
                foreach (string cell in row.Skip(1))
                    html.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{Html.Escape(cell)}</td>");
                html.Append("</tr>\n");
            }

            html.Append("</tbody>\n</table></div>\n");
        }

        return html.ToString();
    }
}

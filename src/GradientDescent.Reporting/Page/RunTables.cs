using System.Globalization;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>What a page says about its runs in words and numbers.</summary>
internal static class RunTables
{
    public static string Summary(IReadOnlyList<ReportRun> runs)
    {
        bool isValidated = runs.Any(run => run.Result.ValidationLoss is not null);
        string validation = isValidated ? "<th scope=\"col\">validation loss</th>" : "";
        var rows = new StringBuilder();
        for (int i = 0; i < runs.Count; i++)
        {
            TrainingResult result = runs[i].Result;
            string mark = result.Reason is StopReason.Diverged ? "⚠ " : "";
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><label><input type=\"checkbox\" data-run=\"{i}\" checked autocomplete=\"off\"> {Swatch(i)}{SvgCanvas.Escape(runs[i].Name)}</label></th>");
            rows.Append(CultureInfo.InvariantCulture, $"<td>{mark}{result.Reason}</td><td class=\"number\">{Short(result.Loss)}</td>");
            if (isValidated)
                rows.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{(result.ValidationLoss is { } loss ? Short(loss) : "")}</td>");
            rows.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{Ticks.Short(result.GradientNorm)}</td><td class=\"number\">{result.Steps}</td><td class=\"number\">{result.Epochs}</td><td class=\"number\">{result.Elapsed.TotalSeconds:0.00} s</td></tr>\n");
        }

        return
            $"""
            <section>
            <h2>Runs</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">run</th><th scope="col">ended</th><th scope="col">loss</th>{validation}<th scope="col">gradient norm</th><th scope="col">updates</th><th scope="col">epochs</th><th scope="col">time</th></tr></thead>
            <tbody>
            {rows}</tbody>
            </table></div>

            """;
    }

    public static string Endings(IReadOnlyList<ReportRun> runs)
    {
        var list = new StringBuilder("<dl>\n");
        for (int i = 0; i < runs.Count; i++)
            list.Append(CultureInfo.InvariantCulture, $"<dt>{Swatch(i)}{SvgCanvas.Escape(runs[i].Name)}</dt><dd>{SvgCanvas.Escape(runs[i].Result.ToString())}</dd>\n");
        return list.Append("</dl>\n</section>\n").ToString();
    }

    public static string Settings(IReadOnlyList<ReportRun> runs)
    {
        var rows = new StringBuilder();
        foreach (ReportRun run in runs.Where(run => run.Settings is not null || run.Seed is not null))
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{SvgCanvas.Escape(run.Name)}</th><td class=\"wide\">{SvgCanvas.Escape(run.Settings ?? "")}</td><td class=\"number\">{run.Seed}</td></tr>\n");
        return rows.Length == 0
            ? ""
            : $"""
            <section class="settings">
            <h2>Settings</h2>
            <div class="scroll"><table>
            <thead><tr><th scope="col">run</th><th scope="col">settings</th><th scope="col">seed</th></tr></thead>
            <tbody>
            {rows}</tbody>
            </table></div>
            </section>

            """;
    }

    private static string Swatch(int run) => FormattableString.Invariant($"<span class=\"swatch gd\"><span class=\"{Palette.Style(run)}\">{Palette.Mark(run)}</span></span> ");

    private static string Short(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

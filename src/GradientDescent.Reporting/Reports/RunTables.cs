using System.Globalization;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>The tables and paragraphs of a page about its runs.</summary>
internal static class RunTables
{
    public static string Summary(IReadOnlyList<ReportRun> runs)
    {
        bool isValidated = runs.Any(run => run.Result.ValidationLoss is not null);
        var rows = new StringBuilder();
        for (int i = 0; i < runs.Count; i++)
        {
            TrainingResult result = runs[i].Result;
            string mark = result.Reason is StopReason.Diverged ? "⚠ " : "";
            string checkBox = FormattableString.Invariant($"<input type=\"checkbox\" data-run=\"{i}\" checked autocomplete=\"off\">");
            string label = $"<label>{checkBox} {Swatch(i)}{Html.Escape(runs[i].Name)}</label>";
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{label}</th>");
            rows.Append(CultureInfo.InvariantCulture, $"<td>{mark}{result.Reason}</td>").Append(NumberCell(Short(result.Loss, 6)));
            if (isValidated)
                rows.Append(NumberCell(result.ValidationLoss is { } loss ? Short(loss, 6) : ""));
            rows.Append(NumberCell(Short(result.GradientNorm, 4)))
                .Append(NumberCell(FormattableString.Invariant($"{result.Steps}")))
                .Append(NumberCell(FormattableString.Invariant($"{result.Epochs}")))
                .Append(NumberCell(FormattableString.Invariant($"{result.Elapsed.TotalSeconds:0.00} s")))
                .Append("</tr>\n");
        }

        string[] validation = isValidated ? ["validation loss"] : [];
        string[] headers = ["run", "ended by", "loss", .. validation, "gradient norm", "steps", "epochs", "time"];
        return
            $"""
            <section>
            <h2>Runs</h2>
            <div class="scroll"><table>
            <thead><tr>{string.Concat(headers.Select(header => $"<th scope=\"col\">{header}</th>"))}</tr></thead>
            <tbody>
            {rows}</tbody>
            </table></div>

            """;
    }

    public static string Endings(IReadOnlyList<ReportRun> runs)
    {
        var list = new StringBuilder("<dl>\n");
        for (int i = 0; i < runs.Count; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"<dt>{Swatch(i)}{Html.Escape(runs[i].Name)}</dt>");
            list.Append(CultureInfo.InvariantCulture, $"<dd>{Html.Escape(runs[i].Result.ToString())}</dd>\n");
        }

        return list.Append("</dl>\n</section>\n").ToString();
    }

    public static string Settings(IReadOnlyList<ReportRun> runs)
    {
        var rows = new StringBuilder();
        foreach (ReportRun run in runs.Where(run => run.Settings is not null || run.Seed is not null))
        {
            rows.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html.Escape(run.Name)}</th>");
            rows.Append(CultureInfo.InvariantCulture, $"<td class=\"wide\">{Html.Escape(run.Settings ?? "")}</td>");
            rows.Append(NumberCell(FormattableString.Invariant($"{run.Seed}"))).Append("</tr>\n");
        }

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

    private static string NumberCell(string text) => $"<td class=\"number\">{text}</td>";

    private static string Swatch(int run) =>
        $"<span style=\"color:var(--{Colour.OfSeries(run).Name})\">{(Colour.IsRepeated(run) ? "◆" : "■")}</span> ";

    private static string Short(double value, int digits) =>
        value.ToString(FormattableString.Invariant($"G{digits}"), CultureInfo.InvariantCulture);
}

using System.CommandLine;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>Creates an HTML page for a comparison.</summary>
internal static class ComparisonPage
{
    /// <param name="comparison">The comparison to show.</param>
    /// <param name="title">The name of the data.</param>
    /// <param name="parsed">The parsed command line.</param>
    public static Report Of(Comparison comparison, string title, ParseResult parsed)
    {
        var table = ComparisonTable.Of(comparison, wide: true);
        var page = new Report($"Eight optimizers on {title}")
        {
            Notes = [PageText.CommandOf(parsed), .. table.Footnotes(comparison)],
            Optimum = comparison.Optimum.Loss,
        };
        foreach (ComparisonRow row in comparison.Rows)
        {
            page.Add(new ReportRun(row.Compared.Name, row.Result)
            {
                Settings = PageText.SettingsOf(row.Compared.Optimizer, row.Options),
                Seed = row.Options.Seed,
                Reports = row.Reports,
            });
        }

        page.AddTable("Compared with the analytic optimum", table.Columns);
        return page;
    }
}

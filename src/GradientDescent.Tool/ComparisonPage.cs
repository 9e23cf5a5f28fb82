using System.CommandLine;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>A comparison as a page for a browser.</summary>
internal static class ComparisonPage
{
    /// <param name="comparison">What was found.</param>
    /// <param name="title">The data.</param>
    /// <param name="parsed">What the user asked for.</param>
    public static Report Of(Comparison comparison, string title, ParseResult parsed)
    {
        var table = ComparisonTable.Of(comparison, wide: true);
        var page = new Report($"Eight optimizers on {title}") { Notes = [Page.CommandOf(parsed), .. table.Footnotes(comparison)], Optimum = comparison.Optimum.Loss };
        foreach (ComparisonRow row in comparison.Rows)
        {
            page.Add(new ReportRun(row.Contestant.Name, row.Result)
            {
                Settings = Page.SettingsOf(row.Contestant.Optimizer, row.Options),
                Seed = row.Options.Seed,
                Reports = row.Reports,
            });
        }

        page.AddTable("Beside the analytic optimum", table.Columns);
        return page;
    }
}

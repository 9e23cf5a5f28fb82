using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>A table of runs, one in each line.</summary>
internal static class RunsTable
{
    private const int MinNameLength = 8;
    private const int MaxNameLength = 40;
    private const int MaxWordLength = 10;

    /// <param name="runs">The runs, at least one.</param>
    /// <param name="sortedBy">The metric that the table shows; <see langword="null"/> for the main metric of each run.</param>
    /// <param name="width">The maximum length of a line. Names are shortened to it.</param>
    public static ImmutableArray<TextColumn> Of(IReadOnlyList<RunRecord> runs, string? sortedBy, int width)
    {
        ImmutableArray<TextColumn> others =
        [
            Column("id", true, run => NumberText.Count(run.Id)),
            Column("model", false, ModelOf),
            Column("optimizer", false, run => Clipped(run.Optimizer, MaxWordLength)),
            Column("loss", true, run => run.Loss.ToString("G5", CultureInfo.InvariantCulture)),
            Column("training", true, run => Metric(run, run.TrainingMetrics)),
            Column("validation", true, run => Metric(run, run.ValidationMetrics)),
            Column("when (UTC)", false, run => run.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ];
        if (TextTable.WidthOf(others) + TextTable.Spacing + MinNameLength > width)
            others = others.RemoveAll(column => column.Header == "training");
        int rest = Math.Clamp(width - TextTable.WidthOf(others) - TextTable.Spacing, MinNameLength, MaxNameLength);
        return others.Insert(1, Column("name or target", false, run => Clipped(run.Name.Length > 0 ? run.Name : run.Target, rest)) with
        {
            Header = rest < "name or target".Length ? "name" : "name or target",
        });

        TextColumn Column(string header, bool alignRight, Func<RunRecord, string> cell) => new(header, alignRight, [.. runs.Select(cell)]);

        string Metric(RunRecord run, ImmutableSortedDictionary<string, double> metrics)
        {
            string? name = sortedBy is null or RunMetrics.Loss ? RunMetrics.MainOf(run) : sortedBy;
            return name is not null && metrics.TryGetValue(name, out double value)
                ? string.Create(CultureInfo.InvariantCulture, $"{Clipped(name, MaxWordLength)} {value:G4}")
                : "-";
        }
    }

    private static string ModelOf(RunRecord run) =>
        Clipped(run.Model.Replace("Regression", "", StringComparison.Ordinal) is { Length: > 0 } name ? name : run.Model, MaxWordLength);

    private static string Clipped(string text, int length) => TextLayout.Clip(TextLayout.OneLine(text), length);
}

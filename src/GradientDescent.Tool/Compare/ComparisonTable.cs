using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The table of a comparison, for plain text, for terminals and for HTML pages.</summary>
internal sealed record ComparisonTable(ImmutableArray<TextColumn> Columns)
{
    public const string EndedBy = "ended by";
    private const string None = "-";
    private const int MinCurveWidth = 8;
    private const int MaxCurveWidth = 24;

    private static readonly ImmutableArray<string> _leastImportantFirst =
        ["schedule", "batch", "epochs", "rate", "time", "steps", EndedBy, "loss"];

    public int Width => TextTable.WidthOf(Columns);

    private bool HasCurve { get; init; }

    private ImmutableArray<string> LeftOut { get; init; } = [];

    /// <param name="comparison">The comparison to show.</param>
    /// <param name="wide">Whether to also show the batch size, learning rate, schedule and epochs.</param>
    public static ComparisonTable Of(Comparison comparison, bool wide)
    {
        AnalyticOptimum optimum = comparison.Optimum;
        TextColumn[] settings =
        [
            Column("batch", row => row.Compared.Optimizer.Batching.ToString(), None),
            Column("rate", row => NumberText.Rate(row.Compared.Optimizer.LearningRate), None),
            Column("schedule", row => row.Compared.ScheduleName, None, alignRight: false),
            Column("epochs", row => NumberText.Count(row.Result.Epochs), None),
        ];
        return new([
            Column("optimizer", row => row.Compared.Name, "analytic", alignRight: false),
            .. wide ? settings : [],
            Column("steps", row => NumberText.Count(row.Result.Steps), None),
            Column("time", row => NumberText.Time(row.Result.Elapsed), NumberText.Time(optimum.Elapsed)),
            Column("loss", row => NumberText.Loss(row.Result.Loss), NumberText.Loss(optimum.Loss)),
            Column("gap", row => NumberText.Gap(row.Gap), "0"),
            Column(EndedBy, row => row.Result.Reason.ToString(), "QR", alignRight: false),
        ]);

        TextColumn Column(string header, Func<ComparisonRow, string> cell, string analytic, bool alignRight = true) =>
            new(header, alignRight, [.. comparison.Rows.Select(cell), analytic]);
    }

    /// <summary>Returns a table without the least important columns, so that the other columns fit into the width.</summary>
    public ComparisonTable Within(int width)
    {
        ComparisonTable table = this;
        foreach (string header in _leastImportantFirst.Where(header => Columns.Any(column => column.Header == header)))
        {
            if (table.Width <= width)
                break;
            table = table with
            {
                Columns = table.Columns.RemoveAll(column => column.Header == header),
                LeftOut = table.LeftOut.Add(header),
            };
        }

        return table;
    }

    /// <summary>Returns a table with a loss curve as the last column, or this table if it leaves too little space for a curve.</summary>
    public ComparisonTable WithCurve(Comparison comparison, int width)
    {
        int room = Math.Min(width - Width - TextTable.Spacing, MaxCurveWidth);
        if (room < MinCurveWidth)
            return this;
        ImmutableArray<string> curves = [.. comparison.Rows.Select(row => LossCurve.Draw(row, comparison.Optimum, room)), ""];
        return this with { Columns = Columns.Add(new TextColumn("curve", AlignRight: false, curves)), HasCurve = true };
    }

    /// <summary>Returns the explanations to print below the table.</summary>
    public IEnumerable<string> Footnotes(Comparison comparison)
    {
        yield return "Loss: mean squared error over all samples, in the squared unit of the target.";
        yield return comparison.Optimum.IsExact
            ? "Gap: (loss - optimum) / variance of the target, because the optimum is 0 up to rounding."
            : "Gap: (loss - optimum) / optimum. The optimum is least squares by QR.";
        if (HasCurve)
            yield return LossCurve.Legend;
        if (LeftOut.Length > 0)
            yield return $"The terminal is too narrow for these columns: {string.Join(", ", LeftOut)}.";
        if (comparison.WasCancelled)
            yield return comparison.NotRun.IsEmpty ? "Interrupted." : $"Interrupted. Not run: {string.Join(", ", comparison.NotRun)}.";
        foreach (string note in comparison.Notes)
            yield return note;
    }
}

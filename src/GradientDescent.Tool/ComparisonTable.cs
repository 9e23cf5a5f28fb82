using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>A column of text: its header and a cell for each optimizer, then one for the analytic optimum.</summary>
internal sealed record TextColumn(string Header, bool AlignRight, ImmutableArray<string> Cells)
{
    public int Width => Math.Max(Header.Length, Cells.Max(cell => cell.Length));
}

/// <summary>What a comparison's table says, however it is drawn.</summary>
internal sealed record ComparisonTable(ImmutableArray<TextColumn> Columns)
{
    public const int Spacing = 2;
    public const string EndedBy = "ended by";
    private const string None = "-";
    private const int ShortestCurve = 8;
    private const int LongestCurve = 24;

    private static readonly ImmutableArray<string> _leastImportantFirst = ["schedule", "batch", "epochs", "rate", "time", "updates", EndedBy, "loss"];

    public int Width => Columns.Sum(column => column.Width) + Spacing * (Columns.Length - 1);

    private bool HasCurve { get; init; }

    private ImmutableArray<string> LeftOut { get; init; } = [];

    /// <param name="comparison">What to show.</param>
    /// <param name="wide">Whether to show batching, rate and epochs too.</param>
    public static ComparisonTable Of(Comparison comparison, bool wide)
    {
        LeastSquares optimum = comparison.Optimum;
        TextColumn[] settings =
        [
            Column("batch", row => row.Contestant.Optimizer.Batching.ToString(), None),
            Column("rate", row => Figures.Rate(row.Contestant.Optimizer.LearningRate), None),
            Column("schedule", row => row.Contestant.ScheduleName, None, alignRight: false),
            Column("epochs", row => Figures.Count(row.Result.Epochs), None),
        ];
        return new([
            Column("optimizer", row => row.Contestant.Name, "analytic", alignRight: false),
            .. wide ? settings : [],
            Column("updates", row => Figures.Count(row.Result.Steps), None),
            Column("time", row => Figures.Time(row.Result.Elapsed), Figures.Time(optimum.Elapsed)),
            Column("loss", row => Figures.Loss(row.Result.Loss), Figures.Loss(optimum.Loss)),
            Column("gap", row => Figures.Gap(row.Gap), "0"),
            Column(EndedBy, row => row.Result.Reason.ToString(), "QR", alignRight: false),
        ]);

        TextColumn Column(string header, Func<ComparisonRow, string> cell, string analytic, bool alignRight = true) =>
            new(header, alignRight, [.. comparison.Rows.Select(cell), analytic]);
    }

    /// <summary>The same without its least important columns, as many as do not fit.</summary>
    public ComparisonTable Within(int width)
    {
        ComparisonTable table = this;
        foreach (string header in _leastImportantFirst.Where(header => Columns.Any(column => column.Header == header)))
        {
            if (table.Width <= width)
                break;
            table = table with { Columns = table.Columns.RemoveAll(column => column.Header == header), LeftOut = table.LeftOut.Add(header) };
        }

        return table;
    }

    /// <summary>The same with a loss curve as last column, if there is room for one.</summary>
    public ComparisonTable WithCurve(Comparison comparison, int width)
    {
        int room = Math.Min(width - Width - Spacing, LongestCurve);
        if (room < ShortestCurve)
            return this;
        ImmutableArray<string> curves = [.. comparison.Rows.Select(row => LossCurve.Draw(row, comparison.Optimum, room)), ""];
        return this with { Columns = Columns.Add(new TextColumn("curve", AlignRight: false, curves)), HasCurve = true };
    }

    /// <summary>What a reader should know beside the numbers.</summary>
    public IEnumerable<string> Footnotes(Comparison comparison)
    {
        yield return "Loss: mean squared error over all samples, in the target's unit squared.";
        yield return comparison.Optimum.IsExact
            ? "Gap: (loss - optimum) / variance of the target, as the optimum is 0 but for rounding."
            : "Gap: (loss - optimum) / optimum. The optimum is least squares by QR.";
        if (HasCurve)
            yield return LossCurve.Legend;
        if (LeftOut.Length > 0)
            yield return $"Columns for which the terminal is too narrow: {string.Join(", ", LeftOut)}.";
        if (comparison.WasCancelled)
            yield return comparison.NotRun.IsEmpty ? "Interrupted." : $"Interrupted. Not run: {string.Join(", ", comparison.NotRun)}.";
        foreach (string note in comparison.Notes)
            yield return note;
    }
}

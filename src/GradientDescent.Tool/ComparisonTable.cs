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

    public int Width => Columns.Sum(column => column.Width) + Spacing * (Columns.Length - 1);

    public bool HasCurve { get; private init; }

    /// <param name="comparison">What to show.</param>
    /// <param name="wide">Whether to show batching, rate and epochs too.</param>
    public static ComparisonTable Of(Comparison comparison, bool wide)
    {
        LeastSquares optimum = comparison.Optimum;
        TextColumn[] settings =
        [
            Column("batch", row => row.Contestant.Optimizer.Batching.ToString(), None),
            Column("rate", row => Figures.Rate(row.Contestant.Optimizer.LearningRate), None),
            Column("schedule", row => row.Contestant.Decays ? "cosine" : "constant", None, alignRight: false),
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

    /// <summary>The same with a loss curve as last column, if there is room for one.</summary>
    public ComparisonTable WithCurve(Comparison comparison, int width)
    {
        int room = Math.Min(width - Width - Spacing, LongestCurve);
        if (room < ShortestCurve)
            return this;
        ImmutableArray<string> curves = [.. comparison.Rows.Select(row => LossCurve.Draw(row, comparison.Optimum, room)), ""];
        return new([.. Columns, new TextColumn("curve", AlignRight: false, curves)]) { HasCurve = true };
    }

    /// <summary>What a reader should know beside the numbers.</summary>
    public IEnumerable<string> Footnotes(Comparison comparison)
    {
        yield return comparison.Optimum.IsExact
            ? "Gap: (loss - optimum) / variance of the target, as the optimum is 0 but for rounding."
            : "Gap: (loss - optimum) / optimum. The optimum is least squares by QR.";
        if (HasCurve)
            yield return LossCurve.Legend;
        foreach (string note in comparison.Notes)
            yield return note;
    }
}

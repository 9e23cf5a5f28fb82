using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>Shows a comparison on a terminal: progress bars during the runs, then a table in colours.</summary>
internal static class ComparisonTerminal
{
    private static readonly Style _secondary = new(decoration: Decoration.Dim);
    private static readonly Style _optimum = new(decoration: Decoration.Bold);

    /// <summary>Runs a comparison with a progress bar for each optimizer, and clears the bars at the end.</summary>
    public static Comparison WithBars(IAnsiConsole terminal, Func<Action<string, double>, Comparison> run) => terminal
        .Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn(),
            new PercentageColumn(),
            new ElapsedTimeColumn())
        .Start(context =>
        {
            var bars = new Dictionary<string, ProgressTask>();
            return run((name, share) =>
            {
                if (!bars.TryGetValue(name, out ProgressTask? bar))
                {
                    bars.Add(name, context.AddTask(name, autoStart: false));
                    return;
                }

                if (!bar.IsStarted)
                    bar.StartTask();
                bar.Value = bar.MaxValue * share;
            });
        });

    public static void Write(IAnsiConsole terminal, Comparison comparison, string title, bool wide)
    {
        int width = terminal.Profile.Width;
        ComparisonTable table = ComparisonTable.Of(comparison, wide).Within(width);
        if (terminal.Profile.Capabilities.Unicode)
            table = table.WithCurve(comparison, width);

        WriteWrapped(title, Style.Plain);
        terminal.WriteLine();
        terminal.Write(Draw(table, comparison));
        terminal.WriteLine();
        foreach (string note in table.Footnotes(comparison))
            WriteWrapped(note, _secondary);

        void WriteWrapped(string text, Style style)
        {
            foreach (string line in TextLayout.Wrap(text, width))
                terminal.WriteLine(line, style);
        }
    }

    private static Table Draw(ComparisonTable table, Comparison comparison)
    {
        Table drawn = new Table().Border(TableBorder.None);
        foreach (TextColumn column in table.Columns)
        {
            bool last = column == table.Columns[^1];
            Justify alignment = column.AlignRight ? Justify.Right : Justify.Left;
            drawn.AddColumn(new TableColumn(new Text(column.Header, _secondary))
            {
                NoWrap = true,
                Width = column.Width,
                Alignment = alignment,
                Padding = new Padding(0, 0, last ? 0 : TextTable.Spacing, 0),
            });
        }

        for (int i = 0; i <= comparison.Rows.Length; i++)
            drawn.AddRow(table.Columns.Select(column => new Text(column.Cells[i], StyleAt(i, column))));
        return drawn;

        Style StyleAt(int row, TextColumn column) => row < comparison.Rows.Length ? StyleOf(comparison.Rows[row], column) : _optimum;
    }

    private static Style StyleOf(ComparisonRow row, TextColumn column) => (column.Header, row.Result.Reason) switch
    {
        (ComparisonTable.EndedBy, StopReason.Converged) => new Style(Color.Green),
        (_, StopReason.Diverged) => new Style(Color.Red),
        _ => Style.Plain,
    };
}

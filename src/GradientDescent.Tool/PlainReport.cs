namespace GradientDescent.Tool;

/// <summary>A comparison as plain lines, for files, pipes and terminals that cannot do more: no escape sequences, no line wider than its words need.</summary>
internal static class PlainReport
{
    public static void Write(TextWriter output, Comparison comparison, string title, bool wide)
    {
        var table = ComparisonTable.Of(comparison, wide);
        WriteWrapped(title);
        output.WriteLine();
        WriteTable(output, table.Columns);
        output.WriteLine();
        foreach (string note in table.Footnotes(comparison))
            WriteWrapped(note);

        void WriteWrapped(string text)
        {
            foreach (string line in TextLayout.Wrap(text, TextLayout.DefaultWidth))
                output.WriteLine(line);
        }
    }

    /// <summary>A line of headers and one for each row of cells.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<TextColumn> columns)
    {
        foreach (string line in TableLines(columns))
            output.WriteLine(line);
    }

    public static IEnumerable<string> TableLines(IReadOnlyList<TextColumn> columns)
    {
        return Enumerable.Range(0, columns[0].Cells.Length).Select(i => Row(column => column.Cells[i])).Prepend(Row(column => column.Header));

        string Row(Func<TextColumn, string> cellOf)
        {
            IEnumerable<string> cells = columns.Select(column =>
                column.AlignRight ? cellOf(column).PadLeft(column.Width) : cellOf(column).PadRight(column.Width));
            return string.Join(new string(' ', ComparisonTable.Spacing), cells).TrimEnd();
        }
    }
}

namespace GradientDescent.Tool;

/// <summary>A comparison as plain lines, for files, pipes and terminals that cannot do more: no escape sequences, no line wider than its words need.</summary>
internal static class PlainReport
{
    public static void Write(TextWriter output, Comparison comparison, string title, bool wide)
    {
        var table = ComparisonTable.Of(comparison, wide);
        WriteWrapped(title);
        output.WriteLine();
        WriteRow(column => column.Header);
        for (int i = 0; i <= comparison.Rows.Length; i++)
            WriteRow(column => column.Cells[i]);
        output.WriteLine();
        foreach (string note in table.Footnotes(comparison))
            WriteWrapped(note);

        void WriteRow(Func<TextColumn, string> cellOf)
        {
            IEnumerable<string> cells = table.Columns.Select(column =>
                column.AlignRight ? cellOf(column).PadLeft(column.Width) : cellOf(column).PadRight(column.Width));
            output.WriteLine(string.Join(new string(' ', ComparisonTable.Spacing), cells).TrimEnd());
        }

        void WriteWrapped(string text)
        {
            foreach (string line in TextLayout.Wrap(text, TextLayout.DefaultWidth))
                output.WriteLine(line);
        }
    }
}

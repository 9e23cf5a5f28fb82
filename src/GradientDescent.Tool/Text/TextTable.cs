using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>A column of text: a header and one cell for each row.</summary>
internal sealed record TextColumn(string Header, bool AlignRight, ImmutableArray<string> Cells)
{
    public int Width => Math.Max(Header.Length, Cells.Max(cell => cell.Length));
}

/// <summary>Formats columns as plain lines: one line of headers and one line for each row of cells.</summary>
internal static class TextTable
{
    /// <summary>The number of spaces between two columns.</summary>
    public const int Spacing = 2;

    /// <summary>Returns the width of the longest line of these columns.</summary>
    public static int WidthOf(IReadOnlyList<TextColumn> columns) =>
        columns.Sum(column => column.Width) + Spacing * (columns.Count - 1);

    public static void Write(TextWriter output, IReadOnlyList<TextColumn> columns)
    {
        foreach (string line in Lines(columns))
            output.WriteLine(line);
    }

    public static IEnumerable<string> Lines(IReadOnlyList<TextColumn> columns)
    {
        return Enumerable.Range(0, columns[0].Cells.Length)
            .Select(i => Row(column => column.Cells[i]))
            .Prepend(Row(column => column.Header));

        string Row(Func<TextColumn, string> cellOf)
        {
            IEnumerable<string> cells = columns.Select(column =>
                column.AlignRight ? cellOf(column).PadLeft(column.Width) : cellOf(column).PadRight(column.Width));
            return string.Join(new string(' ', Spacing), cells).TrimEnd();
        }
    }
}

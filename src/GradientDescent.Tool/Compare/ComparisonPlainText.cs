namespace GradientDescent.Tool;

/// <summary>Writes a comparison as plain lines without escape sequences, for files, pipes and simple terminals.</summary>
internal static class ComparisonPlainText
{
    public static void Write(TextWriter output, Comparison comparison, string title, bool wide)
    {
        var table = ComparisonTable.Of(comparison, wide);
        TextLayout.WriteWrapped(output, title);
        output.WriteLine();
        TextTable.Write(output, table.Columns);
        output.WriteLine();
        foreach (string note in table.Footnotes(comparison))
            TextLayout.WriteWrapped(output, note);
    }
}

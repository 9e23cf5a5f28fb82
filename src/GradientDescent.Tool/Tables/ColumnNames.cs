namespace GradientDescent.Tool;

/// <summary>Column names that the user wrote.</summary>
internal static class ColumnNames
{
    /// <summary>Returns a name as the table writes it.</summary>
    /// <exception cref="InvalidDataException">The table has no such column.</exception>
    public static string NameIn(CsvTable table, string name) => table.Headers.Except(table.Without(name).Headers).Single();

    /// <summary>Returns the names in strings: each string is a name or a list of names with commas between them.</summary>
    /// <exception cref="InvalidDataException">The table has no such column.</exception>
    public static string[] NamesIn(CsvTable table, IEnumerable<string> strings) => [.. strings
        .SelectMany(text => table.Headers.Contains(text) ? [text] : text.Split(',', StringSplitOptions.TrimEntries))
        .Select(name => NameIn(table, name))
        .Distinct()];
}

using System.Collections.Immutable;

namespace GradientDescent;

// Tables with some of the columns or rows.
public sealed partial class CsvTable
{
    /// <summary>Returns a table without the given columns. They still show how the file writes numbers.</summary>
    /// <param name="names">The names of the columns to remove.</param>
    /// <exception cref="InvalidDataException">A column does not exist.</exception>
    public CsvTable Without(params ReadOnlySpan<string> names)
    {
        HashSet<int> removed = [];
        foreach (string name in names)
            removed.Add(_headers.IndexOf(name));
        return Of(
            [.. Enumerable.Range(0, Headers.Length).Where(column => !removed.Contains(column))],
            [.. _removed, .. removed.Select(column => _columns[column])]);
    }

    /// <summary>Returns a table with the given columns, as if the file had no others.</summary>
    /// <exception cref="InvalidDataException">A column does not exist.</exception>
    internal CsvTable Only(IEnumerable<string> names) => Of([.. names.Select(_headers.IndexOf).Distinct()], []);

    /// <summary>Returns a table with the given rows, in the given order. Messages name their lines in the file.</summary>
    /// <param name="rows">The indices of the rows, from 0; at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not that of a row.</exception>
    /// <exception cref="ArgumentException">There is no index.</exception>
    public CsvTable Rows(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            throw Guard.Invalid(nameof(rows), $"rows is empty: at least one row is needed.");
        var lines = new RowLines();
        foreach (int row in rows)
            lines.Add(_lines[Guard.Index(row, RowCount, nameof(rows))]);
        return new CsvTable(Source, _headers, OfRows(_columns), OfRows(_removed), lines, Fields);

        ImmutableArray<TableColumn> OfRows(ImmutableArray<TableColumn> columns) => [.. columns.Select(column => column.Rows(rows))];
    }

    /// <summary>Returns a table without the rows in which one of the given columns has a missing value.</summary>
    /// <param name="names">The names of the columns.</param>
    /// <exception cref="InvalidDataException">A column does not exist, or no row is left.</exception>
    public CsvTable WithoutMissing(params ReadOnlySpan<string> names)
    {
        List<TableColumn> columns = [];
        foreach (string name in names)
            columns.Add(this[name]);
        int[] complete = [.. Enumerable.Range(0, RowCount).Where(row => !columns.Exists(column => column.IsMissing(row)))];
        return complete.Length == RowCount ? this
            : complete.Length > 0 ? Rows(complete)
            : throw new InvalidDataException($"{Source}: every row has a missing value.");
    }

    private CsvTable Of(IReadOnlyList<int> columns, ImmutableArray<TableColumn> removed)
    {
        var headers = new CsvHeaders(Source, [.. columns.Select(column => Headers[column])]);
        return new CsvTable(Source, headers, [.. columns.Select(column => _columns[column])], removed, _lines, Fields);
    }
}

using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The fields of a CSV file, for columns with text or with missing values. Immutable.</summary>
/// <example><code>
/// CsvTable table = CsvTable.Read("diabetes.csv");
/// Console.WriteLine(table.RowCount);   // 442
/// Console.WriteLine(table.Numbers("bmi").Max());   // 42.2
/// </code></example>
public sealed partial class CsvTable
{
    private readonly CsvHeaders _headers;
    private readonly ImmutableArray<TableColumn> _columns;
    private readonly RowLines _lines;

    /// <summary>The columns that <see cref="Without"/> removed: they too show how the file writes numbers.</summary>
    private readonly ImmutableArray<TableColumn> _removed;

    private CsvTable(
        string source,
        CsvHeaders headers,
        ImmutableArray<TableColumn> columns,
        ImmutableArray<TableColumn> removed,
        RowLines lines,
        FieldFormat format)
    {
        (Source, _headers, Fields) = (source, headers, format);
        (_columns, _removed, _lines) = (columns, removed, lines);
    }

    /// <summary>The name of the file in messages.</summary>
    public string Source { get; }

    /// <summary>
    /// The column names, all different, in Unicode's form C: a line break or other white space in a name is one space.
    /// </summary>
    /// <remarks>Methods that take a column name bring it to the same form, so a name can be passed as it is in the file.</remarks>
    public ImmutableArray<string> Headers => _headers.Names;

    /// <summary>The number of rows without the line of column names, at least 1.</summary>
    public int RowCount => _lines.RowCount;

    /// <summary>The format of the file.</summary>
    public CsvOptions Options => Fields.Options;

    internal FieldFormat Fields { get; }

    /// <inheritdoc cref="CsvHeaders.Require"/>
    internal void RequireColumns(IEnumerable<string> names) => _headers.Require(names);

    /// <summary>Reads a CSV file.</summary>
    /// <param name="path">The path of the file, in UTF-8, or in UTF-16 with a byte-order mark.</param>
    /// <param name="options">The format of the file; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not valid CSV in one of these encodings, or has no rows. The message names the file and the line.
    /// </exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path), options);
    }

    /// <summary>Reads CSV data from a stream.</summary>
    /// <param name="stream">The stream to read from, in UTF-8, or in UTF-16 with a byte-order mark; it is left open.</param>
    /// <param name="source">The name of the data in messages, such as a file name.</param>
    /// <param name="options">The format of the data; <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidDataException">
    /// The data is not valid CSV in one of these encodings, or has no rows. The message names the source and the line.
    /// </exception>
    public static CsvTable Read(Stream stream, string source, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new CsvOptions();
        return CsvSource.Read(stream, source, options, csv =>
        {
            TableColumn.Builder[] columns = [.. csv.Headers.Names.Select(_ => new TableColumn.Builder(csv.Fields))];
            var lines = new RowLines();
            while (csv.Read())
            {
                for (int column = 0; column < columns.Length; column++)
                    columns[column].Add(csv.Level(column));
                lines.Add(csv.Line);
                if (csv.ExpectedRowCount is { } rowCount)
                    Array.ForEach(columns, column => column.Reserve(rowCount));
            }

            return lines.RowCount > 0
                ? new CsvTable(source, csv.Headers, [.. columns.Select(column => column.Build())], [], lines, csv.Fields)
                : throw CsvSource.NoRows(source);
        });
    }

    /// <summary>
    /// Returns the fields of a column, one for each row, in Unicode's form C and without white space and invisible characters at their
    /// ends.
    /// </summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    public ImmutableArray<string> Column(string name) => this[name].Strings;

    /// <summary>Returns whether every value of a column is a number or missing, and not all are missing.</summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    public bool IsNumeric(string name) => this[name].IsNumeric && MissingCount(name) < RowCount;

    /// <summary>Returns whether every value of a column is a date or missing, and not all are missing.</summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    public bool IsDates(string name) => !IsNumeric(name) && MissingCount(name) < RowCount
        && Column(name).All(field => IsMissing(field) || Fields.Date(field) is not null);

    /// <summary>Returns the number of missing values in a column: empty ones, and <see cref="CsvOptions.MissingValues"/>.</summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    public int MissingCount(string name) => this[name].MissingCount();

    /// <summary>The column with the specified name.</summary>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    internal TableColumn this[string name] => _columns[_headers.IndexOf(name)];

    /// <summary>Returns the numbers of a column, one for each row.</summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="InvalidDataException">
    /// The column does not exist, a field is missing or is not a finite number, or the points in the numbers can be read in two ways: see
    /// <see cref="CsvOptions.DecimalSeparator"/>. The message names the line and the column.
    /// </exception>
    public ImmutableArray<double> Numbers(string name)
    {
        RequireOneReading(name);
        TableColumn column = this[name];
        return column.HasNumbersOnly
            ? [.. column.Numbers]
            : throw NumberErrorAt(column.Numbers.IndexOf(double.NaN), name, canBeMissing: false);
    }

    /// <summary>Returns the number in a field, or <see langword="null"/> if the field is missing or is not a finite number.</summary>
    /// <param name="field">The field, in the format of the file.</param>
    public double? NumberOf(string field) => Fields.Number(Guard.NotNull(field));

    /// <summary>
    /// Returns whether a field is a number, perhaps in a notation that the options do not allow, such as <c>1,200</c>, <c>12%</c> or
    /// <c>(12)</c>, or a date.
    /// </summary>
    /// <param name="field">The field.</param>
    public bool LooksLikeNumber(string field) => NumberOptions.IsLikeNumber(Guard.NotNull(field), Fields);

    /// <summary>Returns whether a value is missing: the field is empty or one of <see cref="CsvOptions.MissingValues"/>.</summary>
    /// <param name="field">The field.</param>
    public bool IsMissing(string field) => Fields.IsMissing(Guard.NotNull(field));

    /// <summary>
    /// Returns the options, with the fewest changes, under which all values of a column are numbers or missing and the numbers of the other
    /// columns stay the same. There are several options if the column can be read in several ways; options that leave another column
    /// unread, which others read, are not among them.
    /// </summary>
    /// <param name="name">The name of the column.</param>
    /// <returns>The options; empty if the column contains only numbers already, or if no options can be found.</returns>
    /// <exception cref="InvalidDataException">The column does not exist.</exception>
    /// <example><code>
    /// using var file = new MemoryStream("price,year\n\"1,200\",2024\n\"980.50\",2025\n"u8.ToArray());
    /// CsvTable table = CsvTable.Read(file, "sales.csv");
    /// Console.WriteLine(table.SuggestOptions("price")[0].ThousandsSeparator);   // ,
    /// </code></example>
    public ImmutableArray<CsvOptions> SuggestOptions(string name)
    {
        int column = _headers.IndexOf(name);
        IEnumerable<TableColumn> others = _columns.Where((_, other) => other != column).Concat(_removed);
        return NumberOptions.For(Options, _columns[column].Strings, others.Select(other => other.Strings));
    }

    /// <summary>Returns the source and the numbers of rows and columns.</summary>
    public override string ToString() =>
        $"{Source}: {Format.Count(RowCount, "row")}, {Format.Count(Headers.Length, "column")}";
}

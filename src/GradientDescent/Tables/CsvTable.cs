using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>A CSV file as strings, for columns that do not hold numbers or have missing values. Immutable.</summary>
/// <example><code>
/// CsvTable table = CsvTable.Read("diabetes.csv");
/// Console.WriteLine(table.RowCount);   // 442
/// Console.WriteLine(table.Numbers("bmi").Max());   // 42.2
/// </code></example>
public sealed class CsvTable
{
    private readonly ImmutableArray<ImmutableArray<string>> _columns;
    private readonly ImmutableArray<long> _lines;

    private CsvTable(
        string source,
        ImmutableArray<string> headers,
        ImmutableArray<ImmutableArray<string>> columns,
        ImmutableArray<long> lines,
        CsvOptions options)
    {
        (Source, Headers, Options, NumberFormat) = (source, headers, options, options.NumberFormat);
        (_columns, _lines) = (columns, lines);
    }

    /// <summary>The name of the file in messages.</summary>
    public string Source { get; }

    /// <summary>The column names, all different.</summary>
    public ImmutableArray<string> Headers { get; }

    /// <summary>Number of rows below the column names, at least 1.</summary>
    public int RowCount => _lines.Length;

    /// <summary>The format of the file.</summary>
    public CsvOptions Options { get; }

    internal NumberFormatInfo NumberFormat { get; }

    /// <summary>Reads a CSV file.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="options">Delimiter, decimal separator, weights; <see langword="null"/>: the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not CSV in that encoding, or has no rows;
    /// the message names file and line.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path), options);
    }

    /// <summary>Reads CSV from a stream.</summary>
    /// <param name="stream">The bytes, UTF-8 or UTF-16 with a byte-order mark; left open at the end.</param>
    /// <param name="source">The name of the data in messages, such as a file name.</param>
    /// <param name="options">Delimiter, decimal separator, weights; <see langword="null"/>: the defaults.</param>
    /// <exception cref="InvalidDataException">The bytes are not CSV in that encoding, or have no rows;
    /// the message names source and line.</exception>
    public static CsvTable Read(Stream stream, string source, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new CsvOptions();
        return CsvSource.Read(stream, source, options, csv =>
        {
            ImmutableArray<string>.Builder[] columns = [.. csv.Headers.Select(_ => ImmutableArray.CreateBuilder<string>())];
            ImmutableArray<long>.Builder lines = ImmutableArray.CreateBuilder<long>();
            while (csv.Read())
            {
                for (int column = 0; column < columns.Length; column++)
                    columns[column].Add(csv.Text(column));
                lines.Add(csv.Line);
            }

            return lines.Count > 0
                ? new CsvTable(source, csv.Headers, [.. columns.Select(column => column.ToImmutable())], lines.ToImmutable(), options)
                : throw CsvSource.NoRows(source);
        });
    }

    /// <summary>The fields of a column, one for each row.</summary>
    /// <param name="name">The column's name.</param>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public ImmutableArray<string> Column(string name) => _columns[CsvSource.IndexOf(Headers, name, Source)];

    /// <summary>The numbers of a column, one for each row.</summary>
    /// <param name="name">The column's name.</param>
    /// <exception cref="InvalidDataException">There is no such column, or a field is missing or not a finite number;
    /// the message names line and column.</exception>
    public ImmutableArray<double> Numbers(string name)
    {
        return [.. Column(name).Select((field, row) => NumberOf(field) ?? throw ErrorAt(row, name, Objection(field)))];

        string Objection(string field) => IsMissing(field)
            ? "the value is missing."
            : $"{FieldText.NoNumber(FieldText.Shown(field), NumberFormat)}.";
    }

    /// <summary>The finite number that a field holds; <see langword="null"/> if it holds none.</summary>
    /// <param name="field">The field, in the format of the file.</param>
    public double? NumberOf(string field) => FieldText.Number(field, NumberFormat);

    /// <summary>Whether a value is missing: its field is empty, <c>NA</c> or <c>NaN</c>.</summary>
    /// <param name="field">The field.</param>
    public static bool IsMissing(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return FieldText.IsMissing(field);
    }

    /// <summary>The same table without some columns.</summary>
    /// <param name="names">Names of the columns to leave out.</param>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public CsvTable Without(params ReadOnlySpan<string> names)
    {
        var kept = Enumerable.Range(0, Headers.Length).ToList();
        foreach (string name in names)
            kept.Remove(CsvSource.IndexOf(Headers, name, Source));
        ImmutableArray<string> headers = [.. kept.Select(column => Headers[column])];
        return new CsvTable(Source, headers, [.. kept.Select(column => _columns[column])], _lines, Options);
    }

    /// <summary>An exception that names the place in the file where something is wrong.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="problem">The fault.</param>
    public InvalidDataException ErrorAt(int row, string column, string problem) =>
        CsvSource.At(Source, _lines[Guard.Index(row, RowCount)], column, problem);

    /// <summary>The source and the numbers of rows and columns.</summary>
    public override string ToString() =>
        Format.Text($"{Source}: {Format.Count(RowCount, "row")}, {Format.Count(Headers.Length, "column")}");
}

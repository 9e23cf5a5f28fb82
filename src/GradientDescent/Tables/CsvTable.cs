using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>A CSV file as texts, for columns that hold something else than numbers or have gaps. Immutable.</summary>
/// <example><code>
/// CsvTable table = CsvTable.Read("diabetes.csv");
/// Console.WriteLine(table.RowCount);   // 442
/// Console.WriteLine(table.Numbers("bmi").Max());   // 42.2
/// </code></example>
public sealed class CsvTable
{
    private readonly ImmutableArray<ImmutableArray<string>> _columns;
    private readonly ImmutableArray<long> _lines;

    private CsvTable(string source, ImmutableArray<string> headers, ImmutableArray<ImmutableArray<string>> columns, ImmutableArray<long> lines, CsvOptions options) =>
        (Source, Headers, _columns, _lines, Options, NumberFormat) = (source, headers, columns, lines, options, options.NumberFormat);

    /// <summary>What messages call the file.</summary>
    public string Source { get; }

    /// <summary>The column names, all different.</summary>
    public ImmutableArray<string> Headers { get; }

    /// <summary>Lines below the column names, at least 1.</summary>
    public int RowCount => _lines.Length;

    /// <summary>How the file is written.</summary>
    public CsvOptions Options { get; }

    internal NumberFormatInfo NumberFormat { get; }

    /// <summary>Reads a CSV file.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not CSV in that encoding, or has no rows; the message names file and line.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, Path.GetFileName(path), options);
    }

    /// <summary>Reads CSV from a stream.</summary>
    /// <param name="stream">The bytes, UTF-8 or UTF-16 with a byte-order mark; left open at the end.</param>
    /// <param name="source">What messages call it, such as a file name.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The bytes are not CSV in that encoding, or have no rows; the message names source and line.</exception>
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

    /// <summary>The fields of a column.</summary>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public ImmutableArray<string> Column(string name) => _columns[CsvSource.IndexOf(Headers, name, Source)];

    /// <summary>The numbers of a column.</summary>
    /// <exception cref="InvalidDataException">There is no such column, or a field is missing or no finite number; the message names line and column.</exception>
    public ImmutableArray<double> Numbers(string name) => [.. Column(name).Select((field, row) => NumberOf(field)
        ?? throw ErrorAt(row, name, IsMissing(field) ? "the value is missing." : $"{FieldText.NoNumber(FieldText.Shown(field), NumberFormat)}."))];

    /// <summary>The finite number that a field holds; <see langword="null"/> if it holds none.</summary>
    public double? NumberOf(string field) => FieldText.Number(field, NumberFormat);

    /// <summary>Whether a field says that its value is missing: it is empty, <c>NA</c> or <c>NaN</c>.</summary>
    public static bool IsMissing(string field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return FieldText.IsMissing(field);
    }

    /// <summary>The same table without some columns.</summary>
    /// <param name="names">Which to leave out.</param>
    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public CsvTable Without(params ReadOnlySpan<string> names)
    {
        var kept = Enumerable.Range(0, Headers.Length).ToList();
        foreach (string name in names)
            kept.Remove(CsvSource.IndexOf(Headers, name, Source));
        return new CsvTable(Source, [.. kept.Select(column => Headers[column])], [.. kept.Select(column => _columns[column])], _lines, Options);
    }

    /// <summary>An exception that says where in the file something is wrong.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="problem">What is wrong.</param>
    public InvalidDataException ErrorAt(int row, string column, string problem) => CsvSource.At(Source, _lines[Guard.Index(row, RowCount)], column, problem);

    /// <summary>Source, rows and columns.</summary>
    public override string ToString() => Format.Text($"{Source}: {Format.Count(RowCount, "row")}, {Format.Count(Headers.Length, "column")}");
}

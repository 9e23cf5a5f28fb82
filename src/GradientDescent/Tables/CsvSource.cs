using System.Collections.Immutable;
using System.Globalization;
using System.Text.Unicode;
using CsvHelper;

namespace GradientDescent;

/// <summary>Reads a CSV file line by line. The messages of its exceptions name the location in the file.</summary>
internal sealed class CsvSource
{
    private const int MaxRecordBytes = 1 << 24;

    private readonly CsvReader _csv;
    private readonly string _source;

    private CsvSource(CsvReader csv, string source, CsvOptions options)
    {
        (_csv, _source, Headers) = (csv, source, [.. csv.Headers]);
        CheckHeaders();
        NumberFormat = options.NumberFormat;
    }

    /// <summary>The column names, all different.</summary>
    public ImmutableArray<string> Headers { get; }

    /// <summary>The format of the numbers in the file.</summary>
    public NumberFormatInfo NumberFormat { get; }

    /// <summary>The number of the current line, counted from 1.</summary>
    public long Line => _csv.LineNumber;

    /// <summary>Reads CSV data from a stream.</summary>
    /// <param name="stream">The stream to read from; it is left open.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <param name="options">The format of the file.</param>
    /// <param name="use">The function that reads the lines and returns the result.</param>
    /// <exception cref="InvalidDataException">The data is not valid CSV; the message names the source and the line.</exception>
    public static T Read<T>(Stream stream, string source, CsvOptions options, Func<CsvSource, T> use)
    {
        options.Check(nameof(options));
        var reading = new CsvReaderOptions
        {
            Separator = options.Delimiter,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Allow, // Read checks the count and gives a clearer message
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = MaxRecordBytes,
        };
        try
        {
            using var csv = CsvReader.Create(stream, reading, leaveOpen: true);
            return use(new CsvSource(csv, source, options));
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"{source}: {e.Message}", e);
        }
    }

    /// <summary>Reads the next line; returns <see langword="false"/> at the end of the file.</summary>
    public bool Read()
    {
        if (!_csv.Read())
            return false;
        if (_csv.FieldCount == Headers.Length)
            return true;
        string fields = Format.Count(_csv.FieldCount, "field"), columns = Format.Count(Headers.Length, "column");
        throw new InvalidDataException(Format.Text($"{_source}, line {Line} has {fields}: the first line names {columns}."));
    }

    /// <summary>Returns the bytes of a field of the current line.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _csv.GetSpan(column);

    /// <summary>Returns a field of the current line as a string.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are not valid UTF-8. Decoding could turn different fields into the same string.
    /// </exception>
    public string Text(int column) => Utf8.IsValid(Bytes(column))
        ? _csv.GetString(column)
        : throw At(column, $"'{FieldText.Shown(Bytes(column))}' is not UTF-8 text.");

    public int IndexOf(string name) => IndexOf(Headers, name, _source);

    /// <summary>Creates the exception for a field of the current line.</summary>
    public InvalidDataException At(int column, string problem) => At(_source, Line, Headers[column], problem);

    public static int IndexOf(ImmutableArray<string> headers, string name, string source) => headers.IndexOf(name) is var index and >= 0
        ? index
        : throw new InvalidDataException($"{source} has no column '{name}': its columns are {string.Join(", ", headers)}.");

    public static InvalidDataException At(string source, long line, string column, string problem) =>
        new(Format.Text($"{source}, line {line}, column '{column}': {problem}"));

    public static InvalidDataException NoRows(string source) =>
        new($"{source}: there are no rows below the column names: at least one is needed.");

    private void CheckHeaders()
    {
        if (Headers.Length == 0)
            throw new InvalidDataException($"{_source} is empty: its first line must hold the column names.");
        if (Headers.Any(name => name.Any(c => (char.IsControl(c) && c != '\t') || c == '\uFFFD')))
            throw new InvalidDataException($"{_source} does not look like a text file: its first line holds bytes that are not text.");
        if (Headers.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidDataException($"{_source}: the column name '{twice.Key}' occurs {twice.Count()} times: names must differ.");
    }
}

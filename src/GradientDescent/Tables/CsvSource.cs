using System.Collections.Immutable;
using System.Globalization;
using System.Text.Unicode;
using CsvHelper;

namespace GradientDescent;

/// <summary>A CSV file that is being read, line by line, and where in it something is wrong.</summary>
internal sealed class CsvSource
{
    private const int LongestRecord = 1 << 24;

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

    /// <summary>How numbers are written.</summary>
    public NumberFormatInfo NumberFormat { get; }

    /// <summary>The line that was read last.</summary>
    public long Line => _csv.LineNumber;

    /// <summary>Reads from a stream, which stays open.</summary>
    /// <exception cref="InvalidDataException">The bytes are not CSV; the message names source and line.</exception>
    public static T Read<T>(Stream stream, string source, CsvOptions options, Func<CsvSource, T> use)
    {
        options.Check(nameof(options));
        var reading = new CsvReaderOptions
        {
            Separator = options.Delimiter,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Allow, // checked below, with a clearer message
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = LongestRecord,
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

    /// <summary>Goes to the next line, if there is one.</summary>
    public bool Read()
    {
        if (!_csv.Read())
            return false;
        return _csv.FieldCount == Headers.Length
            ? true
            : throw new InvalidDataException(Format.Text(
                $"{_source}, line {Line} has {Format.Count(_csv.FieldCount, "field")}: the first line names {Format.Count(Headers.Length, "column")}."));
    }

    public ReadOnlySpan<byte> Bytes(int column) => _csv.GetSpan(column);

    /// <exception cref="InvalidDataException">The field's bytes are not UTF-8: decoded, it would be another text, and might be the same as others.</exception>
    public string Text(int column) => Utf8.IsValid(Bytes(column)) ? _csv.GetString(column) : throw At(column, $"'{FieldText.Shown(Bytes(column))}' is not UTF-8 text.");

    public int IndexOf(string name) => IndexOf(Headers, name, _source);

    public InvalidDataException At(int column, string problem) => At(_source, Line, Headers[column], problem);

    public static int IndexOf(ImmutableArray<string> headers, string name, string source) => headers.IndexOf(name) is var index and >= 0
        ? index
        : throw new InvalidDataException($"{source} has no column '{name}': its columns are {string.Join(", ", headers)}.");

    public static InvalidDataException At(string source, long line, string column, string problem) => new(Format.Text($"{source}, line {line}, column '{column}': {problem}"));

    public static InvalidDataException NoRows(string source) => new($"{source}: there are no rows below the column names: at least one is needed.");

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

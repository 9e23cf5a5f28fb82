using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace GradientDescent;

/// <summary>Reads a CSV file line by line. The messages of its exceptions name the location in the file.</summary>
internal sealed class CsvSource
{
    private const int MaxRecordBytes = 1 << 24;

    /// <summary>
    /// The number of rows is estimated when this many are read, from the length of the rows so far, and again when there are 64 times as
    /// many: no estimate is far from what was read, however the rows or the stream may go on.
    /// </summary>
    private const int MeasuredRows = 1024, Growth = 64;

    private readonly CsvReader _csv;
    private readonly string _source;

    /// <summary>The number of bytes of the stream, or 0 if it is not known.</summary>
    private readonly long _byteCount;

    private long _measuredBytes;
    private long _measuredRows;
    private long _rowCount;
    private long _nextEstimate = MeasuredRows;

    /// <summary>Whether the current line was read to count the columns and is the first row.</summary>
    private bool _isFirstRowRead;

    private readonly int _skippedLines;

    private CsvSource(CsvReader csv, string source, CsvOptions options, int skippedLines, long byteCount)
    {
        (_skippedLines, _byteCount) = (skippedLines, byteCount);
        (_csv, _source, Fields) = (csv, source, new FieldFormat(options));
        if (options.HasHeader == false)
        {
            _isFirstRowRead = csv.Read();
            int count = _isFirstRowRead ? csv.FieldCount : throw Empty(source);
            Headers = new CsvHeaders(source, [.. Enumerable.Range(1, count).Select(i => Format.Text($"column{i}"))]);
        }
        else
        {
            Headers = csv.Headers.Count > 0 ? CsvHeaders.Of(source, csv.Headers, Fields) : throw Empty(source);
        }
    }

    /// <summary>The column names, all different.</summary>
    public CsvHeaders Headers { get; }

    /// <summary>The format of the fields.</summary>
    public FieldFormat Fields { get; }

    /// <summary>The number of the current line, counted from 1.</summary>
    public long Line => _csv.LineNumber + _skippedLines;

    /// <summary>Reads CSV data from a stream.</summary>
    /// <param name="stream">The stream to read from; it is left open.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <param name="options">The format of the file.</param>
    /// <param name="use">The function that reads the lines and returns the result.</param>
    /// <exception cref="InvalidDataException">The data is not valid CSV; the message names the source and the line.</exception>
    public static T Read<T>(Stream stream, string source, CsvOptions options, Func<CsvSource, T> use)
    {
        options.Check(nameof(options));
        (char Delimiter, Stream Rows)? told = DelimiterLine.Skip(stream);
        options = told is { Delimiter: var delimiter } ? options with { Delimiter = delimiter } : options;
        var reading = new CsvReaderOptions
        {
            Separator = options.Delimiter,
            HasHeader = options.HasHeader != false,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            TrimWhitespace = true, // a quotation mark behind a blank opens a quoted field
            FieldCountMismatch = CsvFieldCountHandling.Allow, // Read checks the count and gives a clearer message
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = MaxRecordBytes,
        };
        try
        {
            using var csv = CsvReader.Create(told?.Rows ?? stream, reading, leaveOpen: true);
            return use(new CsvSource(csv, source, options, told is null ? 0 : 1, stream.CanSeek ? stream.Length : 0));
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"{source}: {e.Message}", e);
        }
    }

    /// <summary>Reads the next line; returns <see langword="false"/> at the end of the file.</summary>
    public bool Read()
    {
        if (!_isFirstRowRead && !_csv.Read())
            return false;
        _isFirstRowRead = false;
        if (_csv.FieldCount == Headers.Names.Length)
        {
            ExpectedRowCount = null;
            if (++_rowCount > _nextEstimate - MeasuredRows)
                Measure();
            return true;
        }

        string fields = Format.Count(_csv.FieldCount, "field");
        string columns = Format.Count(Headers.Names.Length, "column");
        throw new InvalidDataException(Format.Text($"{_source}, line {Line} has {fields}: the first line names {columns}."));
    }

    /// <summary>A number of rows that is worth memory now, because the file probably has as many; after most rows, there is none.</summary>
    public int? ExpectedRowCount { get; private set; }

    private void Measure()
    {
        _measuredRows++;
        for (int column = 0; column < _csv.FieldCount; column++)
            _measuredBytes += _csv.GetSpan(column).Length + 1;
        if (_rowCount < _nextEstimate)
            return;
        double estimate = 1.05 * _byteCount / _measuredBytes * _measuredRows + MeasuredRows;
        if (_byteCount > 0)
            ExpectedRowCount = (int)Math.Min(Array.MaxLength, Math.Min(estimate, Growth * _rowCount));
        _nextEstimate *= Growth;
    }

    /// <summary>Returns the bytes of a field of the current line.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _csv.GetSpan(column);

    /// <summary>Returns a field of the current line as a string in Unicode's form C.</summary>
    /// <exception cref="InvalidDataException">
    /// The bytes are not valid UTF-8. Decoding could turn different fields into the same string.
    /// </exception>
    public string Text(int column) => Utf8.IsValid(Bytes(column))
        ? FieldText.Composed(_csv.GetString(column))
        : throw At(column, $"'{FieldText.Shown(Encoding.UTF8.GetString(Bytes(column)))}' is not UTF-8 text.");

    /// <summary>Returns a field of the current line as <see cref="FieldText.Level"/> writes it, in UTF-8.</summary>
    /// <inheritdoc cref="Text"/>
    public ReadOnlySpan<byte> Level(int column)
    {
        ReadOnlySpan<byte> bytes = Bytes(column);
        bool isPlain = bytes.IsEmpty || (bytes[0] > ' ' && bytes[^1] > ' ' && Ascii.IsValid(bytes));
        return isPlain ? bytes : Encoding.UTF8.GetBytes(FieldText.Level(Text(column)));
    }

    /// <summary>Creates the exception for a field of the current line.</summary>
    public InvalidDataException At(int column, string problem) => CsvProposals.At(_source, Line, Headers.Names[column], problem);

    public static InvalidDataException NoRows(string source) =>
        new($"{source}: there are no rows below the column names: at least one is needed.");

    private static InvalidDataException Empty(string source) =>
        new($"{source} is empty: its first line must hold the column names.");
}

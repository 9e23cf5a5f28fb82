using System.Collections.Immutable;
using System.Globalization;
using CsvHelper;

namespace GradientDescent.Tool;

/// <summary>A CSV file as texts, so that columns may be something else than numbers.</summary>
/// <param name="Source">The file's name, for messages.</param>
/// <param name="Headers">The column names.</param>
/// <param name="Rows">A text for each column.</param>
/// <param name="Lines">The line of each row in the file.</param>
/// <param name="Format">How numbers are written.</param>
internal sealed record TextTable(string Source, ImmutableArray<string> Headers, IReadOnlyList<string[]> Rows, IReadOnlyList<long> Lines, CsvOptions Format)
{
    private const int LongestRecord = 1 << 24;
    private const int LongestShown = 40;

    private readonly NumberFormatInfo _numbers = new() { NumberDecimalSeparator = Format.DecimalSeparator.ToString() };

    /// <exception cref="InvalidDataException">The file is not CSV; the message names file and line.</exception>
    public static TextTable Read(string path, CsvOptions format)
    {
        Arguments.RefuseDirectory(path, "CSV file");
        string source = Path.GetFileName(path);
        var reading = new CsvReaderOptions
        {
            Separator = format.Delimiter,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            FieldCountMismatch = CsvFieldCountHandling.Allow, // checked below, with a clearer message
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = LongestRecord,
        };
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var csv = CsvReader.Create(stream, reading, leaveOpen: true);
            return Read(csv, source, format);
        }
        catch (CsvFormatException e)
        {
            throw new InvalidDataException($"{source}: {e.Message}", e);
        }
    }

    /// <exception cref="InvalidDataException">There is no such column.</exception>
    public int IndexOf(string name) => Headers.IndexOf(name) is var index and >= 0
        ? index
        : throw new InvalidDataException($"{Source} has no column '{name}': its columns are {string.Join(", ", Headers)}.");

    public IEnumerable<string> Column(int column) => Rows.Select(row => row[column]);

    public static bool IsMissing(string field) => field.Trim() is "" or "NA" or "NaN";

    public double? NumberOf(string field) =>
        double.TryParse(field, NumberStyles.Float, _numbers, out double number) && double.IsFinite(number) && !field.Contains('\0', StringComparison.Ordinal) ? number : null;

    /// <exception cref="InvalidDataException">The field is no number; the message names line and column.</exception>
    public double Number(int row, int column)
    {
        string field = Rows[row][column];
        if (IsMissing(field))
            throw Missing(row, column);
        return NumberOf(field) ?? throw At(row, column, $"'{Shown(field)}' is not a finite number written with '{_numbers.NumberDecimalSeparator}'.");
    }

    public InvalidDataException Missing(int row, int column, string remedy = "") => At(row, column, $"the value is missing{remedy}.");

    public InvalidDataException At(int row, int column, string problem) =>
        new(FormattableString.Invariant($"{Source}, line {Lines[row]}, column '{Headers[column]}': {problem}"));

    public static string Shown(string text) => TextLayout.Clip(TextLayout.OneLine(text), LongestShown);

    private static TextTable Read(CsvReader csv, string source, CsvOptions format)
    {
        ImmutableArray<string> headers = [.. csv.Headers];
        if (headers.IsEmpty)
            throw new InvalidDataException($"{source} is empty: its first line must hold the column names.");
        if (headers.Any(name => name.Any(c => char.IsControl(c) || c == '\uFFFD')))
            throw new InvalidDataException($"{source} does not look like a text file: its first line holds bytes that are not text.");
        if (headers.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InvalidDataException($"{source}: the column name '{twice.Key}' occurs {twice.Count()} times: names must differ.");
        List<string[]> rows = [];
        List<long> lines = [];
        while (csv.Read())
        {
            if (csv.FieldCount != headers.Length)
                throw new InvalidDataException(FormattableString.Invariant($"{source}, line {csv.LineNumber}: the number of fields is {csv.FieldCount}, that of column names {headers.Length}."));
            rows.Add([.. Enumerable.Range(0, headers.Length).Select(csv.GetString)]);
            lines.Add(csv.LineNumber);
        }

        return rows.Count > 0
            ? new TextTable(source, headers, rows, lines, format)
            : throw new InvalidDataException($"{source}: there are no rows below the column names: at least one is needed.");
    }
}

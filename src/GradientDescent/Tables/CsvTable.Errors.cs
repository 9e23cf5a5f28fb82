using System.Collections.Immutable;

namespace GradientDescent;

// What is wrong with a field, and the options that would read its column.
public sealed partial class CsvTable
{
    /// <summary>Creates an exception whose message names the source, the line and the column of an error.</summary>
    /// <param name="row">The index of the row, from 0.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="problem">The description of the error.</param>
    public InvalidDataException ErrorAt(int row, string column, string problem) =>
        CsvProposals.At(Source, _lines[Guard.Index(row, RowCount)], column, problem);

    /// <summary>
    /// Creates an exception whose message says why a field is not a number, and names the options that read the column, if there are any.
    /// </summary>
    /// <param name="row">The index of the row, from 0.</param>
    /// <param name="column">The name of the column.</param>
    public InvalidDataException NumberErrorAt(int row, string column) => NumberErrorAt(row, column, canBeMissing: true);

    /// <inheritdoc cref="NumberErrorAt(int, string)"/>
    /// <param name="row">The index of the row, from 0.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="canBeMissing">Whether options that take values as missing are of use.</param>
    internal InvalidDataException NumberErrorAt(int row, string column, bool canBeMissing)
    {
        ImmutableArray<string> fields = Column(column);
        string field = fields[Guard.Index(row, RowCount)];
        ImmutableArray<CsvOptions> found = SuggestOptions(column);
        string split = found.IsEmpty && IsInAnotherNotation(column)
            ? " Other columns have numbers in another notation: write all numbers of the file in the same one."
            : "";
        string problem = CsvProposals.At(Source, _lines[row], column, $"{Fields.Objection(field)}.{split}").Message;
        return CsvProposals.Error(problem, Options,
            [.. found.Where(options => canBeMissing || options.MissingValues.Length == Options.MissingValues.Length)
                .Select(options => KeyValuePair.Create(options, Effect(options)))]);

        string Effect(CsvOptions options)
        {
            double? number = new FieldFormat(options).Number(field);
            return number is null ? "takes it as missing" : Format.Text($"reads it as {number}");
        }
    }

    /// <summary>
    /// Creates an exception whose message says why a field is not a date, and names the formats that read the column, if there are any.
    /// </summary>
    internal InvalidDataException DateErrorAt(int row, string column)
    {
        string field = Column(column)[row];
        IEnumerable<CsvOptions> found = DateFormatsOf(column).Select(format => Options with { DateFormat = format });
        string problem = CsvProposals.At(
            Source, _lines[row], column, $"{FieldText.Quoted(field)} is not a date such as {Fields.DateExample}.").Message;
        return CsvProposals.Error(problem, Options, [.. found.Select(options => KeyValuePair.Create(options,
            Format.Text($"reads it as {new FieldFormat(options).Date(field):yyyy-MM-dd}")))]);
    }

    /// <summary>Returns the formats of dates that read all values of a column.</summary>
    internal ImmutableArray<string> DateFormatsOf(string column) =>
        DateFormats.For([.. Column(column).Where(field => !IsMissing(field)).Distinct()]);

    /// <summary>Returns whether options would read a column if there were no other columns.</summary>
    internal bool IsInAnotherNotation(string column) => !NumberOptions.For(Options, Column(column), []).IsEmpty;

    /// <summary>
    /// Creates an exception for a missing value in a column of strings. If it is a word such as NA, and no column of numbers has such
    /// words, the message names the options that take it as a string.
    /// </summary>
    internal InvalidDataException MissingLevelAt(int row, string column)
    {
        string field = Column(column)[row];
        string problem = CsvProposals.At(
            Source, _lines[row], column, $"{Fields.Objection(field)}, and a column of strings has no mean to fill it with.").Message;
        ImmutableArray<string> kept = Options.MissingValues.RemoveRange(CsvOptions.DefaultMissingValues);
        CsvOptions options = Options with { MissingValues = kept };
        var format = new FieldFormat(options);
        bool isWord = !format.IsMissing(field) && !Column(column).Any(format.IsMissing);
        bool isOfUse = isWord && _columns.Concat(_removed).All(other =>
            !other.IsNumeric || NumberOptions.IsNumeric(other.Strings, format));
        return CsvProposals.Error(problem, Options, isOfUse ? [new(options, $"takes {FieldText.Quoted(field)} as text")] : []);
    }

    /// <summary>Throws if the points in a column of numbers can be decimal points or stand between thousands.</summary>
    internal void RequireOneReading(string name)
    {
        if (!PointUse.Matters(Options) || UseOf(this[name]) is not { IsAmbiguous: true } use)
            return;
        if (!_columns.Concat(_removed).Any(column => UseOf(column).IsDecimal))
            throw use.Error(Source, name);

        PointUse UseOf(TableColumn column)
        {
            var points = new PointUse(Options);
            for (int row = 0; row < RowCount; row++)
            {
                if (!double.IsNaN(column.Number(row)))
                    points.Add(column.Bytes(row), _lines[row]);
            }

            return points;
        }
    }
}

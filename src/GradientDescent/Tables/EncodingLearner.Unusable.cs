using System.Collections.Immutable;

namespace GradientDescent;

// Columns that are no features, and columns with fields that do not fit the others.
internal sealed partial class EncodingLearner
{
    private const int FewOf = 10, MaxOddFields = 3, MaxOddLength = 40;

    /// <summary>Returns a column with the reason why it cannot be a useful feature, or <see langword="null"/> if it can.</summary>
    private LeftOutColumn? Uselessness(string name)
    {
        if (_table.MissingCount(name) == _table.RowCount)
            return Because("has no values");
        if (_table.LooksLikeIdentifier(name))
            return Because(Format.Text($"has {_table.RowCount} different values in {_table.RowCount} rows, as an identifier has"));
        if (KindOf(name) != ColumnEncoding.Category || IsNotation(name))
            return null;
        bool areCodes = _table[name].IsNumeric;
        string[] known = Known(name);
        if (!areCodes && MostAreDates(known))
        {
            ImmutableArray<string> formats = _table.DateFormatsOf(name);
            return formats.Length > 0 ? Because($"looks like dates in the format {string.Join(" or ", formats)}", formats)
                : AreFew(OddDates(known).Odd, known) ? null
                : Because("has dates or times in no known format");
        }

        int numberCount = known.Count(field => NumberOptions.IsLikeNumber(field, _table.Fields));
        if (!areCodes && FewOf * (known.Length - numberCount) <= known.Length)
            return null;
        int levels = LevelsOf(name, _table.Column(name)).Length;
        string numbers = areCodes ? ", and its numbers begin with 0, as codes do"
            : 2 * numberCount > known.Length ? Format.Text($", of which {known.Length - numberCount} fields are no numbers")
            : "";
        return levels == 1 ? Because("has the same value in every row")
            : LooksLikeIdentifier(levels) ? Because(Format.Text($"has {levels} different values in {_table.RowCount} rows{numbers}"))
            : levels > _options.MaxLevels
                ? Because(Format.Text($"has {levels} different values{numbers}; at most {_options.MaxLevels} are one-hot encoded"))
            : null;

        LeftOutColumn Because(string reason, ImmutableArray<string> formats = default) =>
            new() { Name = name, Reason = reason, DateFormats = formats.IsDefault ? [] : formats };
    }

    /// <summary>Throws if a column of strings has numbers in another notation, or mostly numbers or dates.</summary>
    private void RefuseNumbers(string name, ImmutableArray<string> fields)
    {
        int row = FirstText(fields);
        string[] known = Known(name);
        bool areLikeNumbers = MostAreLikeNumbers(known);
        if (areLikeNumbers && MostAreDates(known))
        {
            if (!_table.DateFormatsOf(name).IsEmpty)
                throw _table.DateErrorAt(row, name);
            (string[] odd, CsvOptions[] readings) = OddDates(known);
            if (readings.Length > 0)
            {
                int first = fields.IndexOf(odd[0]);
                string example = new FieldFormat(readings[0]).DateExample;
                throw OddFieldError(
                    first, name, $"{FieldText.Quoted(odd[0])} is not a date such as {example}; most fields of this column are such dates.",
                    odd, readings);
            }

            throw _table.NumberErrorAt(row, name);
        }

        if (IsNotation(name) || (areLikeNumbers && _table.Fields.IsOutOfRange(fields[row])))
            throw _table.NumberErrorAt(row, name);
        if (areLikeNumbers)
        {
            string[] odd = [.. known.Where(field => _table.NumberOf(field) is null)];
            bool canBeMissing = !odd.Any(field => NumberOptions.IsLikeNumber(field, _table.Fields));
            string problem = $"{_table.Fields.Objection(fields[row])}; most fields of this column are such numbers.";
            throw OddFieldError(row, name, problem, odd, canBeMissing ? [_table.Options] : []);
        }
    }

    /// <summary>Creates an exception for a field unlike the others, with a few such fields as values that stand for missing ones.</summary>
    private InvalidDataException OddFieldError(int row, string name, string problem, string[] odd, CsvOptions[] readings)
    {
        string[] words = [.. odd.Distinct()];
        bool isShort = words.Length <= MaxOddFields
            && Array.TrueForAll(words, word => word.Length <= MaxOddLength && !word.Contains('"', StringComparison.Ordinal));
        return CsvProposals.Error(_table.ErrorAt(row, name, problem).Message, _table.Options,
            [.. readings.Where(_ => isShort).Select(options => KeyValuePair.Create(
                options with { MissingValues = [.. options.MissingValues, .. words] }, "takes it as missing"))]);
    }

    /// <summary>Returns the fields that are no dates in the format of most dates, and the options with such formats.</summary>
    private (string[] Odd, CsvOptions[] Readings) OddDates(string[] known)
    {
        CsvOptions[] readings = 2 * known.Count(field => _table.Fields.Date(field) is not null) > known.Length
            ? [_table.Options]
            : [.. DateFormats.ForMost(known).Select(format => _table.Options with { DateFormat = format })];
        FieldFormat[] formats = [.. readings.Select(options => new FieldFormat(options))];
        return ([.. known.Where(field => !Array.Exists(formats, format => format.Date(field) is not null))], readings);
    }

    /// <summary>Returns whether there are some fields, but at most a tenth of all.</summary>
    private static bool AreFew(string[] odd, string[] known) => odd.Length > 0 && FewOf * odd.Length <= known.Length;

    /// <summary>Returns whether a column of strings has numbers in another notation.</summary>
    private bool IsNotation(string name) => !_table.SuggestOptions(name).IsEmpty
        || (MostAreLikeNumbers(Known(name)) && _table.IsInAnotherNotation(name));

    /// <summary>Returns the fields of a column that are not missing.</summary>
    private string[] Known(string name) => [.. _table.Column(name).Where(field => !_table.IsMissing(field))];

    private bool MostAreLikeNumbers(string[] known) =>
        2 * known.CountBy(field => field).Where(level => NumberOptions.IsLikeNumber(level.Key, _table.Fields))
            .Sum(level => level.Value) > known.Length;

    private static bool MostAreDates(string[] known) => 2 * known.Count(FieldText.IsDate) > known.Length;

    private bool LooksLikeIdentifier(int levelCount) => levelCount > MaxLevelsOfFewRows && 2 * levelCount > _table.RowCount;
}

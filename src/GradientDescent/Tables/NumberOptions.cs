using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GradientDescent;

/// <summary>Finds the options with which a column that contains text can be read as numbers, by trying them.</summary>
internal static partial class NumberOptions
{
    private const int MaxWords = 3;

    private static readonly FieldFormat[] _notations =
    [
        .. from point in (char[])['.', ',']
           from thousands in (char[])[',', '.', '\'', ' ']
           where point != thousands
           select new FieldFormat(new CsvOptions { DecimalSeparator = point, ThousandsSeparator = thousands }),
    ];

    /// <summary>
    /// Returns the options with the fewest changes under which all fields of a column are numbers or missing, and no number of another
    /// column changes. There are several if the column can be read in several ways, and none if it cannot. Of several, those stay that read
    /// the most other columns, because a file has one notation.
    /// </summary>
    /// <param name="options">The options that the table was read with.</param>
    /// <param name="fields">The fields of the column.</param>
    /// <param name="others">The fields of the other columns.</param>
    public static ImmutableArray<CsvOptions> For(
        CsvOptions options, ImmutableArray<string> fields, IEnumerable<ImmutableArray<string>> others)
    {
        var format = new FieldFormat(options);
        string[] texts = [.. fields.Where(field => !format.IsMissing(field) && format.Number(field) is null).Distinct()];
        if (texts.Length == 0 || 2 * texts.Count(FieldText.IsDate) > texts.Length)
            return [];
        bool isShown = PointUse.Matters(options) && others.Append(fields).Any(column => column.Any(European().IsMatch));
        bool canBeGrouped = PointUse.Matters(options) || texts.Any(text => text.Contains('.') && text.Contains(','));
        bool hasPoints = PointUse.Matters(options)
            && others.Append(fields).Any(column => column.Any(field => field.Contains('.', StringComparison.Ordinal)));
        foreach (IGrouping<int, CsvOptions> candidates in Candidates(options, fields, texts, hasPoints)
            .GroupBy(pair => pair.Changes, pair => pair.Options)
            .OrderBy(group => group.Key))
        {
            ImmutableArray<CsvOptions> found = [.. candidates.Where(candidate => Reads(new FieldFormat(candidate)))];
            if (found.Length > 1)
                return MostNumbers(found);
            if (found.Length == 1)
                return found;
        }

        return [];

        // Next to 1.250,5 the point of 1.300 stands between thousands.
        bool IsGrouped(string field, FieldFormat candidate) => canBeGrouped
            && candidate.Options.ThousandsSeparator == options.DecimalSeparator && candidate.Number(field) is not null;

        ImmutableArray<CsvOptions> MostNumbers(ImmutableArray<CsvOptions> found)
        {
            int[] counts = [.. found.Select(candidate => Forms(candidate).ToArray())
                .Select(forms => others.Count(column => forms.Any(form => IsNumeric(column, form))))];
            return [.. found.Where((_, index) => counts[index] == counts.Max())];
        }

        // Another column may have marks between thousands that this one has not.
        static IEnumerable<FieldFormat> Forms(CsvOptions candidate) =>
            (candidate.ThousandsSeparator is null ? (char?[])[null, ',', '.', '\'', ' '] : [candidate.ThousandsSeparator])
                .Where(thousands => thousands != candidate.DecimalSeparator)
                .Select(thousands => new FieldFormat(candidate with { ThousandsSeparator = thousands }));

        bool Reads(FieldFormat candidate) =>
            texts.All(field => candidate.IsMissing(field) || candidate.Number(field) is not null)
            && 2 * fields.Count(field => candidate.Number(field) is not null) > fields.Count(field => !format.IsMissing(field))
            && fields.All(field => format.Number(field) is not { } known || candidate.Number(field) == known || IsGrouped(field, candidate))
            && others.All(column => KeepsNumbers(column, format, candidate, isShown));
    }

    /// <summary>Returns whether a field is a number, possibly in another notation, or a date.</summary>
    public static bool IsLikeNumber(string field, FieldFormat format)
    {
        string text = FieldText.Compatible(field);
        if (format.Number(text) is not null || FieldText.IsDate(text))
            return true;
        Match match = NumberWithMark().Match(text);
        string digits = match.Groups["digits"].Value;
        return match.Success && !match.Groups["after"].Value.Any(char.IsLetter)
            && _notations.Any(other => other.Number(digits) is not null);
    }

    /// <summary>Returns whether a column that contains only numbers has the same numbers under other options.</summary>
    /// <param name="column">The column.</param>
    /// <param name="format">The present options.</param>
    /// <param name="candidate">The other options.</param>
    /// <param name="isShown">Whether a number of the file has points between thousands and a decimal comma.</param>
    private static bool KeepsNumbers(ImmutableArray<string> column, FieldFormat format, FieldFormat candidate, bool isShown)
    {
        return !IsNumeric(column, format) || column.All(field => format.Number(field) == candidate.Number(field))
            || (PointUse.Matters(format.Options) && candidate.Options.ThousandsSeparator == '.'
                && (isShown ? column.All(field => format.IsMissing(field) || candidate.Number(field) is not null)
                    : CanBeGrouped(column, format, candidate)));
    }

    /// <summary>Returns whether all fields of a column are numbers or missing.</summary>
    public static bool IsNumeric(ImmutableArray<string> column, FieldFormat format) =>
        column.All(field => format.IsMissing(field) || format.Number(field) is not null);

    /// <summary>Returns whether the points in a column of numbers can stand between thousands, as the candidate reads them.</summary>
    private static bool CanBeGrouped(ImmutableArray<string> column, FieldFormat format, FieldFormat candidate)
    {
        var use = new PointUse(format.Options);
        foreach (string field in column.Where(field => !format.IsMissing(field)))
            use.Add(field, line: 0);
        return use.IsAmbiguous && column.All(field => format.IsMissing(field) || candidate.Number(field) is not null);
    }

    private static IEnumerable<(int Changes, CsvOptions Options)> Candidates(
        CsvOptions options, ImmutableArray<string> fields, string[] texts, bool hasPoints)
    {
        char other = options.DecimalSeparator == '.' ? ',' : '.';
        ImmutableArray<string> marks = [.. options.Marks.Union(texts.SelectMany(MarksOf))];
        ImmutableArray<string> words = [.. texts.Select(text => FieldText.Trimmed(text).ToString()).Where(IsWord).Distinct()];
        bool hasMarks = marks.Length > options.Marks.Length && AreOneUnit(options, marks, fields);
        bool hasWords = words.Length is > 0 and <= MaxWords;
        foreach (char point in (char[])[options.DecimalSeparator, other])
        {
            foreach (char? thousands in ((char?[])[options.ThousandsSeparator, ',', '.', '\'', ' ']).Distinct())
            {
                bool isOther = thousands != options.ThousandsSeparator;
                if (thousands == point || (isOther && !IsUsed(thousands!.Value)))
                    continue;
                foreach (bool withMarks in (bool[])[false, .. hasMarks ? [true] : Array.Empty<bool>()])
                {
                    foreach (bool withWords in (bool[])[false, .. hasWords ? [true] : Array.Empty<bool>()])
                    {
                        bool[] changes = [point != options.DecimalSeparator, isOther, withMarks, withWords];
                        CsvOptions start = changes[0] ? options with { DecimalSeparator = point } : options;
                        yield return (changes.Count(change => change), start with
                        {
                            ThousandsSeparator = thousands,
                            Marks = withMarks ? marks : options.Marks,
                            MissingValues = withWords ? [.. options.MissingValues, .. words] : options.MissingValues,
                        });
                    }
                }
            }
        }

        bool IsUsed(char mark) => (mark == '.' && hasPoints) || texts.Any(text => Contains(text, mark));
    }

    /// <summary>
    /// Returns whether a text may stand for a missing value: it has no digits of any script and no fractions (½), or is a spreadsheet error
    /// (#DIV/0!).
    /// </summary>
    private static bool IsWord(string text) =>
        text is ['#', >= 'A' and <= 'Z', ..] || !text.EnumerateRunes().Any(rune => Rune.IsNumber(rune));

    /// <summary>
    /// Returns whether the new marks cannot mix units: there is one besides parentheses, and if it is no currency sign, no number is
    /// without it.
    /// </summary>
    private static bool AreOneUnit(CsvOptions options, IEnumerable<string> marks, ImmutableArray<string> fields)
    {
        string[] units = [.. marks.Except(options.Marks).Where(mark => mark != CsvOptions.Parentheses)];
        var format = new FieldFormat(options);
        return units.Length == 0
            || (units.Length == 1 && (IsCurrency(units[0]) || fields.All(field => format.Number(field) is null)));

        static bool IsCurrency(string mark) => char.GetUnicodeCategory(mark[^1]) == UnicodeCategory.CurrencySymbol;
    }

    private static bool Contains(string text, char mark) => mark switch
    {
        ' ' => FieldText.Trimmed(text).ContainsAny(" \u00A0\u202F\u2009\u2007"),
        '\'' => text.AsSpan().ContainsAny('\'', '\u2019'),
        _ => text.Contains(mark, StringComparison.Ordinal),
    };

    /// <summary>Returns the marks of a number: currency and percent signs, units after it, currency codes before it, parentheses.</summary>
    private static IEnumerable<string> MarksOf(string text)
    {
        Match match = NumberWithMark().Match(FieldText.Trimmed(text).ToString());
        if (!match.Success)
            yield break;
        if (match.Groups["open"].Length > 0 || match.Groups["open2"].Length > 0)
            yield return CsvOptions.Parentheses;
        string mark = match.Groups["before"].Length > 0 ? match.Groups["before"].Value : match.Groups["after"].Value;
        if (mark.Length > 0)
            yield return mark;
    }

    [GeneratedRegex(@"^[^0-9]*[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+[^0-9]*$", RegexOptions.CultureInvariant)]
    private static partial Regex European();

    [GeneratedRegex(
        @"^[-+\u2212]?(?<open>\()?[-+\u2212]?(?<before>[A-Z]{0,3}\p{Sc}|[A-Z]{3}(?=\s))?\s*[-+\u2212]?(?<open2>\()?"
        + @"(?<digits>[0-9](?:[0-9.,'\u2019\s]*[0-9])?)\s*\)?\s*"
        + @"(?<after>[%\p{Sc}]|(?:(?<=\s)|[\p{Ll}°µ])[\p{L}°µ/²³%\p{Sc}]{0,10}(?:(?<=\p{L})[0-9])?)?\s*\)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NumberWithMark();
}

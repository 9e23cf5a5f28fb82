using System.Collections.Immutable;
using System.Text;

namespace GradientDescent;

/// <summary>The format of a CSV file.</summary>
/// <remarks>
/// Some things need no option, because they have one meaning: white space and invisible characters around a number, and U+2212 as a minus
/// sign. Numbers with other marks are refused unless an option says what the marks mean; the message names the option.
/// </remarks>
/// <example><code>
/// using var file = new MemoryStream("area;price;count\n120,5;310.000 €;2\n80;205.000 €;1\n"u8.ToArray());
/// var options = new CsvOptions
/// {
///     Delimiter = ';', DecimalSeparator = ',', ThousandsSeparator = '.', Marks = ["€"], Weights = "count",
/// };
/// var data = Dataset.FromCsv(file, "houses.csv", targets: ["price"], options);
/// Console.WriteLine(data.Features(0)[0] == 120.5);    // True
/// Console.WriteLine(data.Targets(0)[0] == 310_000);   // True
/// </code></example>
public sealed record CsvOptions
{
    /// <summary>The mark in <see cref="Marks"/> that divides a number by 100: <c>12%</c> is 0.12.</summary>
    internal const string Percent = "%";

    /// <summary>The mark in <see cref="Marks"/> for negative numbers in parentheses: <c>(12)</c> is −12.</summary>
    internal const string Parentheses = "()";

    /// <summary>The default of <see cref="MissingValues"/>.</summary>
    public static ImmutableArray<string> DefaultMissingValues { get; } =
        ["NA", "N/A", "n/a", "#N/A", "#NA", "<NA>", "NaN", "nan", "-nan", "NULL", "null", "None"];

    /// <summary>
    /// The character between two fields. The default is <c>,</c>; many European files use <c>;</c> or a tab. A first line <c>sep=;</c>, as
    /// Excel writes it, is skipped and decides, if the stream can be moved back.
    /// </summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>
    /// The decimal separator of numbers. The default is <c>.</c>; many European files use <c>,</c>. If it is also the delimiter, numbers
    /// with a decimal separator must be in quotation marks.
    /// </summary>
    /// <remarks>
    /// If it is not set, and the delimiter is <c>;</c> or a tab, a column such as 250, 100, 1.250 is refused: its points can stand between
    /// thousands. With <c>;</c>, so is a column such as 12.844, 2.107, unless another number of the file shows what the point is. An
    /// explicit <c>DecimalSeparator = '.'</c> reads 1.25, and <c>DecimalSeparator = ',', ThousandsSeparator = '.'</c> 1250.
    /// </remarks>
    public char DecimalSeparator { get; init => (field, IsDecimalSeparatorSet) = (value, true); } = '.';

    /// <summary>Whether <see cref="DecimalSeparator"/> was set, perhaps to its default.</summary>
    internal bool IsDecimalSeparatorSet { get; private init; }

    /// <summary>
    /// The mark between groups of digits: <c>,</c>, <c>.</c>, <c>'</c> (also as U+2019) or a space (also a no-break, narrow or thin one).
    /// The groups have three digits, or as in India two digits and the last one three. With the default, <see langword="null"/>, numbers
    /// with such marks are refused.
    /// </summary>
    public char? ThousandsSeparator { get; init; }

    /// <summary>
    /// The marks that numbers can have before or after them, such as <c>$</c>, <c>€</c> or <c>kg</c>; each number has at most one of them.
    /// A mark with a digit, such as <c>m2</c>, stands after the number. The mark <c>%</c> divides the number by 100. <c>()</c> stands for
    /// parentheses around a negative number. All other marks are ignored, so the numbers of a column must have the same unit. By default,
    /// there are none.
    /// </summary>
    public ImmutableArray<string> Marks { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// The strings that stand for a missing value, compared without the white space around a field; an empty field is always missing. The
    /// default is <see cref="DefaultMissingValues"/>.
    /// </summary>
    public ImmutableArray<string> MissingValues { get; init => field = value.IsDefault ? [] : value; } = DefaultMissingValues;

    /// <summary>
    /// The format of dates, a custom format string of .NET with year, month and day, such as <c>d.M.yyyy</c> or <c>M/d/yyyy h:mm tt</c>;
    /// names of months are English. With the default, <see langword="null"/>, dates are those of ISO 8601, such as 2024-01-31 or
    /// 2024-01-31T18:30:00+01:00, also with <c>/</c>, or with a space before the time. A month, such as 2024-01, is its first day.
    /// </summary>
    /// <exception cref="ArgumentException">The format does not have year, month and day.</exception>
    public string? DateFormat
    {
        get;
        init => field = value is null || DateFormats.IsValid(value)
            ? value
            : throw Guard.Invalid(
                nameof(DateFormat),
                $"DateFormat is '{value}': it must be a format with year, month and day, such as d.M.yyyy or M/d/yyyy.");
    }

    /// <summary>
    /// Whether the first line contains the column names. Without names, the columns are called column1, column2, and so on. With the
    /// default, <see langword="null"/>, it contains the names, and a file is refused if all of them are numbers, or at least
    /// two of them and half.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// The name of the column that contains the weights of the samples. With the default, <see langword="null"/>, every sample has the
    /// weight 1.
    /// </summary>
    public string? Weights { get; init => field = value is null ? null : FieldText.Name(value); }

    /// <summary>Returns whether all settings are equal.</summary>
    public bool Equals(CsvOptions? other) => other is not null
        && (Delimiter, DecimalSeparator, IsDecimalSeparatorSet, ThousandsSeparator, DateFormat, HasHeader, Weights)
            == (other.Delimiter, other.DecimalSeparator, other.IsDecimalSeparatorSet, other.ThousandsSeparator, other.DateFormat,
                other.HasHeader, other.Weights)
        && Marks.SequenceEqual(other.Marks) && MissingValues.SequenceEqual(other.MissingValues);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(
            Delimiter, DecimalSeparator, ThousandsSeparator, DateFormat, HasHeader, Weights, Marks.Length, MissingValues.Length);

    /// <summary>Returns the settings that differ from the defaults as an object initializer in C#.</summary>
    public override string ToString() => ChangesFrom(new CsvOptions());

    /// <summary>Returns the settings that differ from those of other options as an object initializer in C#.</summary>
    internal string ChangesFrom(CsvOptions other)
    {
        List<string> changes = [];
        if (Delimiter != other.Delimiter)
            changes.Add($"{nameof(Delimiter)} = '{(Delimiter == '\t' ? "\\t" : Delimiter)}'");
        if (DecimalSeparator != other.DecimalSeparator || (IsDecimalSeparatorSet && !other.IsDecimalSeparatorSet))
            changes.Add($"{nameof(DecimalSeparator)} = '{DecimalSeparator}'");
        if (ThousandsSeparator is { } mark && mark != other.ThousandsSeparator)
            changes.Add($"{nameof(ThousandsSeparator)} = '{(mark == '\'' ? "\\'" : mark)}'");
        if (!Marks.SequenceEqual(other.Marks))
            changes.Add($"{nameof(Marks)} = {ListOf(Marks)}");
        if (!MissingValues.SequenceEqual(other.MissingValues))
        {
            bool hasDefaults = DefaultMissingValues.All(MissingValues.Contains);
            string values = hasDefaults
                ? $"[.. {nameof(CsvOptions)}.{nameof(DefaultMissingValues)}, {ListOf(MissingValues.Except(DefaultMissingValues))[1..]}"
                : ListOf(MissingValues);
            changes.Add($"{nameof(MissingValues)} = {values}");
        }

        if (DateFormat is { } date && date != other.DateFormat)
            changes.Add($"{nameof(DateFormat)} = \"{Escaped(date)}\"");
        if (HasHeader is { } hasHeader && hasHeader != other.HasHeader)
            changes.Add($"{nameof(HasHeader)} = {(hasHeader ? "true" : "false")}");
        if (Weights is { } weights && weights != other.Weights)
            changes.Add($"{nameof(Weights)} = \"{Escaped(weights)}\"");
        return changes.Count == 0 ? $"{nameof(CsvOptions)} {{ }}" : $"{nameof(CsvOptions)} {{ {string.Join(", ", changes)} }}";

        static string ListOf(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(item => $"\"{Escaped(item)}\""))}]";

        static string Escaped(string item) => item
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
    }

    /// <summary>Returns whether a character can stand between fields: it is ASCII, and in no number, line break or quotation.</summary>
    internal static bool IsDelimiter(char character) => char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character)
        && character is not ('+' or '-' or '.' or '"' or '\r' or '\n' or '\0');

    internal void Check(string argument)
    {
        if (DecimalSeparator is not ('.' or ','))
            throw Guard.Invalid(argument, $"DecimalSeparator is '{DecimalSeparator}': it must be a point or a comma.");
        if (!IsDelimiter(Delimiter))
        {
            throw Guard.Invalid(argument,
                $"Delimiter is '{Delimiter}': it must be an ASCII character not used in numbers, such as a comma, a semicolon or a tab.");
        }

        if (ThousandsSeparator is not (null or ',' or '.' or '\'' or ' '))
            throw Guard.Invalid(argument, $"ThousandsSeparator is '{ThousandsSeparator}': it must be a comma, a point, ' or a space.");
        if (ThousandsSeparator == DecimalSeparator)
            throw Guard.Invalid(argument, $"ThousandsSeparator and DecimalSeparator are both '{DecimalSeparator}': they must differ.");
        if (MissingValues.Contains(null!))
            throw Guard.Invalid(argument, $"MissingValues contains null: each must be a string.");
        foreach (string mark in Marks)
        {
            bool isAllowed = mark is { Length: > 0 } && !mark.EnumerateRunes().Any(Rune.IsWhiteSpace)
                && !mark.Index().Any(c => char.IsDigit(c.Item) && (c.Index == 0 || !char.IsLetter(mark[c.Index - 1])))
                && mark.IndexOfAny(['+', '-', '.', ',', '\'', '"']) < 0 && (mark == Parentheses || mark.IndexOfAny(['(', ')']) < 0);
            if (!isAllowed)
            {
                throw Guard.Invalid(argument,
                    $"Marks contains '{mark}': a mark has no spaces, quotation marks, signs, separators of numbers, or digits except " +
                    $"behind a letter, as in m2.");
            }
        }
    }
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using csFastFloat;

namespace GradientDescent;

/// <summary>Reads the fields of a file: missing values, and numbers with the marks that the options allow.</summary>
internal sealed class FieldFormat
{
    private readonly NumberFormatInfo _numbers;
    private readonly byte? _decimalSeparator;
    private readonly FrozenSet<string> _missing;
    private readonly bool _isNumberMissing;
    private readonly string[] _marks;
    private readonly bool _hasParentheses;

    public FieldFormat(CsvOptions options)
    {
        Options = options;
        _numbers = new NumberFormatInfo { NumberDecimalSeparator = options.DecimalSeparator.ToString() };
        _decimalSeparator = char.IsAscii(options.DecimalSeparator) ? (byte)options.DecimalSeparator : null;
        _missing = options.MissingValues.Select(word => word.Trim()).ToFrozenSet(StringComparer.Ordinal);
        _isNumberMissing = _missing.Any(word => Parse(word) is not null);
        _hasParentheses = options.Marks.Contains(CsvOptions.Parentheses);
        _marks = [.. options.Marks.Where(mark => mark != CsvOptions.Parentheses).OrderByDescending(mark => mark.Length)];
    }

    /// <summary>The format of the fields that a program passes: <c>.</c> as decimal separator, and the default missing values.</summary>
    public static FieldFormat Default { get; } = new(new CsvOptions());

    public CsvOptions Options { get; }

    /// <summary>Returns whether a field is empty or one of the missing values, with or without white space around it.</summary>
    public bool IsMissing(string field) => IsMissingText(FieldText.Trimmed(field));

    /// <summary>Returns the number in a field, or <see langword="null"/> if the field is missing or is not a finite number.</summary>
    public double? Number(string field)
    {
        if (!_isNumberMissing && Parse(field) is { } plain)
            return plain;
        ReadOnlySpan<char> text = FieldText.Trimmed(field);
        return IsMissingText(text) ? null : Marked(text.ToString().Replace('\u2212', '-'));
    }

    /// <inheritdoc cref="Number(string)"/>
    /// <remarks>A plain number is read from its bytes, several times as fast as .NET's parser does it.</remarks>
    public double? Number(ReadOnlySpan<byte> field)
    {
        if (
            _decimalSeparator is { } separator && !_isNumberMissing
            && FastDoubleParser.TryParseDouble(field, out int length, out double number, decimal_separator: separator)
            && length == field.Length && double.IsFinite(number))
        {
            return number;
        }

        return Number(Encoding.UTF8.GetString(field));
    }

    /// <summary>Returns the date in a field, or <see langword="null"/> if the field is missing or is not a date.</summary>
    public DateTimeOffset? Date(string field)
    {
        ReadOnlySpan<char> text = FieldText.Trimmed(field);
        return IsMissingText(text) ? null : DateFormats.Parse(text, Options.DateFormat);
    }

    /// <summary>A date as the options write it.</summary>
    public string DateExample =>
        new DateTime(2024, 1, 31).ToString(Options.DateFormat ?? "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Returns the reason why a field is not a number, without a full stop.</summary>
    public string Objection(string field)
    {
        string quoted = FieldText.Quoted(field);
        if (IsMissing(field))
            return FieldText.Trimmed(field).IsEmpty ? "the value is missing" : $"the value is missing ({quoted})";
        if (IsOutOfRange(field))
        {
            return field.Any(char.IsAsciiDigit)
                ? Format.Text($"{quoted} is too large: numbers have at most the size {double.MaxValue:E4}")
                : $"{quoted} is not a finite number";
        }

        return FieldText.IsDate(field)
            ? $"{quoted} is a date or a time, not a number; replace it by a number, such as the days since the first date"
            : $"{quoted} is not a finite number written with '{Options.DecimalSeparator}'";
    }

    /// <summary>Returns whether a field is a number that is infinite or too large, or NaN.</summary>
    public bool IsOutOfRange(string field)
    {
        string text = FieldText.Trimmed(field).ToString().Replace('\u2212', '-');
        bool isRead = double.TryParse(text, NumberStyles.Float, _numbers, out double number) && !double.IsFinite(number);
        return isRead || text is "inf" or "-inf" or "+inf" or "Inf" or "-Inf" or "∞" or "-∞";
    }

    private bool IsMissingText(ReadOnlySpan<char> text) =>
        text.IsEmpty || _missing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text);

    /// <summary>Returns the number in a text without a missing value and without white space at its ends.</summary>
    private double? Marked(string text)
    {
        bool isNegative = false, isPercent = false;
        TakeParentheses();
        foreach (string mark in _marks)
        {
            string sign = text is ['-' or '+', ..] ? text[..1] : "", unsigned = text[sign.Length..];
            bool isFirst = !char.IsDigit(mark[^1]) && unsigned.StartsWith(mark, StringComparison.Ordinal); // m2 is no m before 2
            if (!isFirst && !unsigned.EndsWith(mark, StringComparison.Ordinal))
                continue;
            isPercent = mark == CsvOptions.Percent;
            text = string.Concat(sign, FieldText.Trimmed(isFirst ? unsigned[mark.Length..] : unsigned[..^mark.Length]));
            break;
        }

        TakeParentheses();
        if (WithoutGroups(text) is not { } plain || (isNegative && plain is not [>= '0' and <= '9', ..]))
            return null;
        bool hasExponent = plain.AsSpan().ContainsAny('e', 'E');
        double? number = isPercent ? hasExponent ? Parse(plain) / 100 : Parse($"{plain}e-2") : Parse(plain);
        return isNegative ? -number : number;

        void TakeParentheses()
        {
            if (!_hasParentheses || isNegative || text is not ['(', .., ')'])
                return;
            isNegative = true;
            text = FieldText.Trimmed(text.AsSpan(1, text.Length - 2)).ToString();
        }
    }

    /// <summary>Removes the marks between groups of digits; returns <see langword="null"/> if a group has a wrong length.</summary>
    private string? WithoutGroups(string text)
    {
        if (Options.ThousandsSeparator is not { } separator)
            return text;
        int start = text is ['-' or '+', ..] ? 1 : 0;
        int length = text.AsSpan(start).IndexOfAny(Options.DecimalSeparator, 'e', 'E') is var end and >= 0 ? end : text.Length - start;
        string whole = string.Concat(text.AsSpan(start, length).ToString().Select(c => IsMark(c) ? separator : c));
        string[] groups = whole.Split(separator);
        if (groups.Length == 1)
            return text;
        bool isGrouped = groups[0] is [not '0', ..] and { Length: <= 3 } && groups[^1].Length == 3 // 0,250 is no 250
            && (groups[1..^1].All(group => group.Length == 3) || (groups[0].Length < 3 && groups[1..^1].All(group => group.Length == 2)));
        return isGrouped && groups.All(group => group.All(char.IsAsciiDigit))
            ? string.Concat(text[..start], string.Concat(groups), text[(start + length)..])
            : null;

        bool IsMark(char c) => c == separator || (separator == ' ' && c is '\u00A0' or '\u202F' or '\u2009' or '\u2007')
            || (separator == '\'' && c == '\u2019');
    }

    private double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, _numbers, out double number) && double.IsFinite(number)
            && !text.Contains('\0', StringComparison.Ordinal) // double.TryParse accepts trailing NULs
            ? number
            : null;
}

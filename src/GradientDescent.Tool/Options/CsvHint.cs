using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GradientDescent.Tool;

/// <summary>Suggests the options with which a CSV file that could not be read can probably be read.</summary>
internal static partial class CsvHint
{
    private const int CharactersToInspect = 1 << 14;

    private static readonly char[] _delimiters = [';', '\t', '|', ','];

    /// <summary>Inspects the beginning of the file that the command line names.</summary>
    /// <returns>A sentence, or <see langword="null"/> if there is nothing to suggest.</returns>
    public static string? Of(ParseResult parsed)
    {
        Argument<string>? file = parsed.CommandResult.Command.Arguments.OfType<Argument<string>>()
            .FirstOrDefault(argument => argument.Name == CsvFormatOptions.FileName);
        if (file is null || parsed.GetValue(file) is not { } path)
            return null;
        string[] lines;
        try
        {
            lines = LinesOf(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (lines.Length == 0)
            return null;
        if (lines.Any(line => line.Contains('\uFFFD', StringComparison.Ordinal)))
            return "If it is a text file, save it as UTF-8.";
        char delimiter = parsed.GetValue<char?>(CsvFormatOptions.DelimiterName) ?? ',';
        return FormatHint(lines, delimiter, parsed.GetValue<char?>(CsvFormatOptions.DecimalName) ?? '.')
            ?? TargetHint(Fields(lines[0], delimiter), parsed);
    }

    /// <summary>
    /// Returns the first value that is a number only with the other decimal separator or with thousands separators, if this explains
    /// every value that is not a number; otherwise <see langword="null"/>.
    /// </summary>
    public static string? NumberInOtherFormat(ImmutableArray<string> values, char decimalSeparator)
    {
        string[] others = [.. values.Where(value => !IsNumber(value, decimalSeparator))];
        return others.All(value => IsDecimal(value, Other(decimalSeparator)) || HasThousands().IsMatch(value))
            ? others.FirstOrDefault()
            : null;
    }

    private static string? FormatHint(string[] lines, char delimiter, char decimalSeparator)
    {
        char likely = Fields(lines[0], delimiter).Length > 1
            ? delimiter
            : _delimiters.MaxBy(other => Fields(lines[0], other).Length);
        if (Fields(lines[0], likely).Length == 1)
            return null;
        char other = Other(decimalSeparator);
        bool isOther = likely != other
            && lines.Skip(1).SelectMany(line => Fields(line, likely)).Any(field => IsDecimal(field.Trim('"'), other));
        string delimiterOption = likely == delimiter
            ? ""
            : $" {CsvFormatOptions.DelimiterName} \"{(likely == '\t' ? "\\t" : likely)}\"";
        string decimalOption = isOther ? $" {CsvFormatOptions.DecimalName} \"{other}\"" : "";
        string options = delimiterOption + decimalOption;
        return options.Length == 0 ? null : $"Does it need{options}?";
    }

    private static string? TargetHint(string[] headers, ParseResult parsed)
    {
        string[] names = [.. headers.Select(header => header.Trim('"'))];
        Option? option = parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == "--target");
        string? target = option is null ? null : parsed.CommandResult.TextOf(option);
        return target is not null && !names.Contains(target) && Spelling.Suggestion(target, names) is { } suggestion
            ? $"Did you mean '{suggestion}'?"
            : null;
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:[.,'\u2019 \u00A0\u202F][0-9]{3})+(?:[.,][0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex HasThousands();

    private static char Other(char decimalSeparator) => decimalSeparator == '.' ? ',' : '.';

    private static bool IsDecimal(string text, char separator) =>
        text.Contains(separator, StringComparison.Ordinal) && IsNumber(text, separator);

    private static bool IsNumber(string text, char separator)
    {
        var format = new NumberFormatInfo { NumberDecimalSeparator = separator.ToString() };
        return double.TryParse(text, NumberStyles.Float, format, out double number) && double.IsFinite(number);
    }

    private static string[] LinesOf(string path)
    {
        using var reader = new StreamReader(path);
        char[] text = new char[CharactersToInspect];
        string[] lines = new string(text, 0, reader.ReadBlock(text)).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return reader.EndOfStream ? lines : lines[..^1]; // the last line may be incomplete
    }

    /// <summary>Splits a line at the delimiters that are not inside quotation marks.</summary>
    private static string[] Fields(string line, char delimiter)
    {
        var fields = new StringBuilder(line);
        bool isQuoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            isQuoted ^= line[i] == '"';
            if (line[i] == delimiter && !isQuoted)
                fields[i] = '\n';
        }

        return fields.ToString().Split('\n');
    }
}

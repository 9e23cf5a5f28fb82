using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GradientDescent.Tool;

/// <summary>What may help where a CSV file could not be read as told.</summary>
internal static partial class CsvHint
{
    private const int Characters = 1 << 14;

    private static readonly char[] _delimiters = [';', '\t', '|', ','];

    /// <summary>Looks at the beginning of the command's file.</summary>
    /// <returns>A sentence; <see langword="null"/> if the file looks as it was said to be, or cannot be read.</returns>
    public static string? Of(ParseResult parsed)
    {
        Argument<string>? file = parsed.CommandResult.Command.Arguments.OfType<Argument<string>>().FirstOrDefault(argument => argument.Name == CsvFormat.FileName);
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
        char delimiter = parsed.GetValue<char?>(CsvFormat.DelimiterName) ?? ',';
        return OfMarks(lines, delimiter, parsed.GetValue<char?>(CsvFormat.DecimalName) ?? '.') ?? OfTarget(Fields(lines[0], delimiter), parsed);
    }

    /// <summary>The first of texts that are all numbers to a reader, if it is written with another decimal separator or in groups of thousands; or <see langword="null"/>.</summary>
    public static string? NumberWrittenOtherwise(ImmutableArray<string> texts, char decimalSeparator)
    {
        string[] others = [.. texts.Where(text => !IsNumber(text, decimalSeparator))];
        return others.All(text => IsDecimal(text, Other(decimalSeparator)) || HasThousands().IsMatch(text)) ? others.FirstOrDefault() : null;
    }

    private static string? OfMarks(string[] lines, char delimiter, char decimalSeparator)
    {
        char likely = Fields(lines[0], delimiter).Length > 1 ? delimiter : _delimiters.MaxBy(other => Fields(lines[0], other).Length), other = Other(decimalSeparator);
        if (Fields(lines[0], likely).Length == 1)
            return null;
        bool isOther = likely != other && lines.Skip(1).SelectMany(line => Fields(line, likely)).Any(field => IsDecimal(field.Trim('"'), other));
        string options = (likely == delimiter ? "" : $" {CsvFormat.DelimiterName} \"{(likely == '\t' ? "\\t" : likely)}\"") + (isOther ? $" {CsvFormat.DecimalName} \"{other}\"" : "");
        return options.Length == 0 ? null : $"Is it written with{options}?";
    }

    private static string? OfTarget(string[] headers, ParseResult parsed)
    {
        string[] names = [.. headers.Select(header => header.Trim('"'))];
        Option? option = parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == "--target");
        string? target = option is null ? null : parsed.CommandResult.TextOf(option);
        return target is not null && !names.Contains(target) && Nearest.To(target, names) is { } meant ? $"Did you mean '{meant}'?" : null;
    }

    [GeneratedRegex(@"^[+-]?[0-9]{1,3}(?:[.,'\u2019 \u00A0\u202F][0-9]{3})+(?:[.,][0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex HasThousands();

    private static char Other(char decimalSeparator) => decimalSeparator == '.' ? ',' : '.';

    private static bool IsDecimal(string text, char separator) => text.Contains(separator, StringComparison.Ordinal) && IsNumber(text, separator);

    private static bool IsNumber(string text, char separator) =>
        double.TryParse(text, NumberStyles.Float, new NumberFormatInfo { NumberDecimalSeparator = separator.ToString() }, out double number) && double.IsFinite(number);

    private static string[] LinesOf(string path)
    {
        using var reader = new StreamReader(path);
        char[] text = new char[Characters];
        string[] lines = new string(text, 0, reader.ReadBlock(text)).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        return reader.EndOfStream ? lines : lines[..^1]; // the last one may be cut
    }

    /// <summary>What stands between delimiters that are not quoted.</summary>
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

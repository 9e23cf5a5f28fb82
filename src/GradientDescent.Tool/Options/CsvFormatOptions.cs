using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The options for the format of a CSV file.</summary>
internal sealed class CsvFormatOptions
{
    public const string FileName = "FILE";
    private const string DelimiterName = "--delimiter", DecimalName = "--decimal", ThousandsName = "--thousands", MarkName = "--mark",
        MissingName = "--na", DateName = "--date-format", HeaderName = "--header", NoHeaderName = "--no-header";

    private readonly Option<char?> _delimiter = new(DelimiterName)
    {
        Description = "The character between two fields, \\t for a tab. Default: \",\".",
        HelpName = "CHAR",
        CustomParser = ParseDelimiter,
    };
    private readonly Option<char?> _decimal = new(DecimalName)
    {
        Description = "The decimal separator, \".\" or \",\". Default: \".\", refused if points can also be between thousands.",
        HelpName = "CHAR",
        CustomParser = argument => ParseChar(argument, DecimalName, ".,", "a point or a comma"),
    };
    private readonly Option<char?> _thousands = new(ThousandsName)
    {
        Description = "The mark between groups of three digits: \",\", \".\", \"'\" or \" \" (any kind of space). Default: none.",
        HelpName = "CHAR",
        CustomParser = argument => ParseChar(argument, ThousandsName, ",.' ", "a comma, a point, ' or a space"),
    };
    private readonly Option<string[]> _marks = new(MarkName)
    {
        Description = "A mark that numbers can have, such as \"$\" or kg. Numbers with \"%\" are divided by 100; \"()\" allows (12) for "
            + "-12. Other marks are ignored. Can be repeated.",
        HelpName = "MARK",
    };
    private readonly Option<string[]> _missing = new(MissingName)
    {
        Description = "A value that stands for a missing one, besides the empty field and "
            + $"{string.Join(", ", CsvOptions.DefaultMissingValues)}. Can be repeated; \"\" removes these words.",
        HelpName = "TEXT",
    };
    private readonly Option<string?> _date = new(DateName)
    {
        Description = "The format of dates, such as d.M.yyyy or \"M/d/yyyy h:mm tt\". Default: ISO 8601, such as 2024-01-31.",
        HelpName = "FORMAT",
        CustomParser = ParseDateFormat,
    };
    private readonly Option<bool> _header = new(HeaderName)
    {
        Description = "The first line has the column names, even if they are numbers.",
    };
    private readonly Option<bool> _noHeader = new(NoHeaderName)
    {
        Description = "The first line has no column names: the columns are called column1, column2, ...",
    };

    public IEnumerable<Option> Options => [_delimiter, _decimal, _thousands, _marks, _missing, _date, _header, _noHeader];

    public void AddTo(Command command)
    {
        foreach (Option option in Options)
            command.Add(option);
    }

    public void Check(CommandResult result)
    {
        if (result.TextOf(_thousands) is { } thousands && thousands == (result.TextOf(_decimal) ?? "."))
            result.AddError($"{ThousandsName} is \"{thousands}\", which is the decimal separator too: they must differ.");
        if (result.GetResult(_header) is { Implicit: false } && result.GetResult(_noHeader) is { Implicit: false })
            result.AddError($"{HeaderName} and {NoHeaderName} cannot be used together.");
        foreach (Token mark in result.GetResult(_marks)?.Tokens ?? [])
        {
            bool isAllowed = mark.Value.Length > 0 && !mark.Value.Any(c => char.IsWhiteSpace(c) || "+-.,'\"".Contains(c))
                && !mark.Value.Index().Any(c => char.IsDigit(c.Item) && (c.Index == 0 || !char.IsLetter(mark.Value[c.Index - 1])))
                && (mark.Value == "()" || mark.Value.IndexOfAny(['(', ')']) < 0);
            if (!isAllowed)
            {
                result.AddError(
                    $"{MarkName} is '{mark.Value}': a mark has no spaces, quotation marks, signs, separators of numbers, or digits "
                    + "except behind a letter, as in m2.");
            }
        }
    }

    /// <summary>
    /// Returns the format that the command line describes. An option that is not given has its value in <paramref name="start"/>.
    /// </summary>
    public static CsvOptions Of(ParseResult parsed, CsvOptions? start = null)
    {
        CsvOptions format = start ?? new();
        if (parsed.GetValue<char?>(DecimalName) is { } point)
            format = format with { DecimalSeparator = point };
        if (parsed.GetValue<string[]>(MissingName) is { Length: > 0 } words)
        {
            ImmutableArray<string> standard = words.Contains("") ? [] : CsvOptions.DefaultMissingValues;
            format = format with { MissingValues = [.. standard, .. words.Where(word => word.Length > 0)] };
        }

        return format with
        {
            Delimiter = parsed.GetValue<char?>(DelimiterName) ?? format.Delimiter,
            ThousandsSeparator = parsed.GetValue<char?>(ThousandsName) ?? format.ThousandsSeparator,
            Marks = parsed.GetValue<string[]>(MarkName) is { Length: > 0 } marks ? [.. marks] : format.Marks,
            DateFormat = parsed.GetValue<string?>(DateName) ?? format.DateFormat,
            HasHeader = parsed.GetValue<bool>(NoHeaderName) ? false : parsed.GetValue<bool>(HeaderName) ? true : format.HasHeader,
        };
    }

    /// <summary>Returns the arguments that change a format into another one.</summary>
    public static string Arguments(CsvOptions from, CsvOptions to)
    {
        List<string> arguments = [];
        if (to.Delimiter != from.Delimiter)
            arguments.Add($"{DelimiterName} \"{(to.Delimiter == '\t' ? "\\t" : to.Delimiter)}\"");
        if (to.DecimalSeparator != from.DecimalSeparator || (IsDecimalSet(to) && !IsDecimalSet(from)))
            arguments.Add($"{DecimalName} \"{to.DecimalSeparator}\"");
        if (to.ThousandsSeparator is { } mark && mark != from.ThousandsSeparator)
            arguments.Add($"{ThousandsName} \"{mark}\"");
        arguments.AddRange(to.Marks.Except(from.Marks).Select(text => $"{MarkName} \"{text}\""));
        if (from.MissingValues.Except(to.MissingValues).Any())
            arguments.Add($"{MissingName} \"\"");
        arguments.AddRange(to.MissingValues.Except(from.MissingValues).Select(text => $"{MissingName} \"{text}\""));
        if (to.DateFormat is { } date && date != from.DateFormat)
            arguments.Add($"{DateName} \"{date}\"");
        if (to.HasHeader != from.HasHeader)
            arguments.Add(to.HasHeader == true ? HeaderName : NoHeaderName);
        return string.Join(' ', arguments);

        static bool IsDecimalSet(CsvOptions options) => options == options with { DecimalSeparator = options.DecimalSeparator };
    }

    private static char? ParseDelimiter(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (text == "\\t")
            return '\t';
        bool isAllowed = text.Length == 1 && char.IsAscii(text[0]) && !char.IsLetterOrDigit(text[0])
            && !"\"+-.\r\n\0".Contains(text[0], StringComparison.Ordinal);
        if (isAllowed)
            return text[0];
        argument.AddError($"{DelimiterName} is '{text}': it must be one character that no number contains, such as ; or | or \\t.");
        return null;
    }

    private static string? ParseDateFormat(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        try
        {
            return new CsvOptions { DateFormat = text }.DateFormat;
        }
        catch (ArgumentException)
        {
            argument.AddError($"{DateName} is '{text}': it must be a format with year, month and day, such as d.M.yyyy or M/d/yyyy.");
            return null;
        }
    }

    private static char? ParseChar(ArgumentResult argument, string name, string allowed, string description)
    {
        string text = argument.Tokens[0].Value;
        if (text.Length == 1 && allowed.Contains(text[0], StringComparison.Ordinal))
            return text[0];
        argument.AddError($"{name} is '{text}': it must be {description}.");
        return null;
    }
}

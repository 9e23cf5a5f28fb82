using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The options for the format of a CSV file.</summary>
internal sealed class CsvFormatOptions
{
    public const string FileName = "FILE.csv", DelimiterName = "--delimiter", DecimalName = "--decimal";

    public Option<char?> Delimiter { get; } = new(DelimiterName)
    {
        Description = "The character between two fields, \\t for a tab. Default: \",\".",
        HelpName = "CHAR",
        CustomParser = ParseDelimiter,
    };

    public Option<char?> Decimal { get; } = new(DecimalName)
    {
        Description = "The decimal separator, \".\" or \",\". Default: \".\".",
        HelpName = "CHAR",
        CustomParser = ParseDecimal,
    };

    public void AddTo(Command command)
    {
        command.Add(Delimiter);
        command.Add(Decimal);
    }

    public void Check(CommandResult result)
    {
        if (result.GetResult(Delimiter) is null && result.TextOf(Decimal) == ",")
            result.AddError("--decimal \",\" needs another --delimiter, such as --delimiter \";\".");
    }

    public CsvOptions Of(ParseResult parsed) => new()
    {
        Delimiter = parsed.GetValue(Delimiter) ?? ',',
        DecimalSeparator = parsed.GetValue(Decimal) ?? '.',
    };

    private static char? ParseDelimiter(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (text == "\\t")
            return '\t';
        bool isAllowed = text.Length == 1 && char.IsAscii(text[0]) && !char.IsLetterOrDigit(text[0])
            && !"\"+-.\r\n".Contains(text[0], StringComparison.Ordinal);
        if (isAllowed)
            return text[0];
        argument.AddError($"--delimiter is '{text}': it must be one character that no number contains, such as ; or | or \\t.");
        return null;
    }

    private static char? ParseDecimal(ArgumentResult argument)
    {
        if (argument.Tokens[0].Value is "." or ",")
            return argument.Tokens[0].Value[0];
        argument.AddError($"--decimal is '{argument.Tokens[0].Value}': it must be a point or a comma.");
        return null;
    }
}

using System.CommandLine;

namespace GradientDescent.Tool;

/// <summary>Suggests options with which a CSV file that could not be read can be read. Every suggestion was tried on the file.</summary>
internal static class CsvHint
{
    /// <summary>The key in <see cref="Exception.Data"/> of a sentence that follows the suggestions.</summary>
    public const string LastSentenceKey = "gd";

    private const string ProposalsKey = "GradientDescent.CsvOptions"; // the library writes it

    private const long MaxBytes = 1 << 26; // of a file that is read again for each delimiter

    private static readonly char[] _delimiters = [';', '\t', '|', ','];

    /// <summary>Returns the message of an exception, with a suggestion if there is one.</summary>
    /// <param name="error">The exception that reading the file or its columns caused.</param>
    /// <param name="parsed">The parsed command line.</param>
    public static string MessageOf(InvalidDataException error, ParseResult parsed)
    {
        CsvOptions current = CsvFormatOptions.Of(parsed);
        string? last = error.Data[LastSentenceKey] as string;
        if (error.Data[ProposalsKey] is KeyValuePair<CsvOptions, string>[] proposals)
        {
            IEnumerable<string> effects = proposals.Select(proposal =>
                $"{CsvFormatOptions.Arguments(current, proposal.Key)} {proposal.Value}");
            return Joined(error.Data["GradientDescent.Problem"] as string, $"{string.Join("; ", effects)}.", last);
        }

        return Joined(error.Message, OtherFormat(parsed, current), last);
    }

    /// <summary>Returns whether an exception of the library suggests other values that stand for missing ones.</summary>
    public static bool ProposesMissingValues(InvalidDataException error, CsvOptions current) =>
        error.Data[ProposalsKey] is KeyValuePair<CsvOptions, string>[] proposals
        && proposals.Any(proposal => proposal.Key.MissingValues.Length > current.MissingValues.Length);

    private static string Joined(params string?[] sentences) => string.Join(' ', sentences.Where(sentence => sentence is { Length: > 0 }));

    /// <summary>Returns the name that is most similar to the target, or the options with which the file has the target.</summary>
    private static string? OtherFormat(ParseResult parsed, CsvOptions current)
    {
        Argument<string>? file = parsed.CommandResult.Command.Arguments.OfType<Argument<string>>()
            .FirstOrDefault(argument => argument.Name == CsvFormatOptions.FileName);
        if (file is null || parsed.GetValue(file) is not { } path || new FileInfo(path) is not { Exists: true, Length: <= MaxBytes })
            return null;
        if (Path.Exists(path) && !IsUnicode(path))
            return "If it is a text file, save it as UTF-8.";
        Option? option = parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == "--target");
        string? target = option is null ? null : parsed.CommandResult.TextOf(option);
        CsvTable? table = TryRead(path, current);
        if (table is not null && (target is null || HasColumn(table, target)))
            return null;
        CsvTable[] others =
        [
            .. _delimiters.Where(delimiter => delimiter != current.Delimiter)
                .Select(delimiter => TryRead(path, current with { Delimiter = delimiter }))
                .OfType<CsvTable>()
                .Where(other => other.Headers.Length > 1 && (target is null || HasColumn(other, target))),
        ];
        if (others.MaxBy(other => other.Headers.Length) is { } best)
        {
            CsvOptions options = best.Headers.Select(name => best.SuggestOptions(name).FirstOrDefault())
                .FirstOrDefault(suggested => suggested is not null, best.Options)!;
            return $"Does it need {CsvFormatOptions.Arguments(current, options)}?";
        }

        return table is not null && !table.Headers.Contains(target!, StringComparer.OrdinalIgnoreCase)
            && Spelling.Suggestion(target!, table.Headers) is { } suggestion
            ? $"Did you mean '{TextLayout.OneLine(suggestion)}'?"
            : null;
    }

    private static bool IsUnicode(string path)
    {
        using var reader = new StreamReader(path);
        char[] buffer = new char[1 << 14];
        while (reader.ReadBlock(buffer) is var count and > 0)
        {
            if (buffer.AsSpan(0, count).Contains('\uFFFD'))
                return false;
        }

        return true;
    }

    private static CsvTable? TryRead(string path, CsvOptions options)
    {
        try
        {
            return CsvTable.Read(path, options);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasColumn(CsvTable table, string name)
    {
        try
        {
            table.Column(name);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

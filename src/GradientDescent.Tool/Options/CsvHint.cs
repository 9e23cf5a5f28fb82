using System.Collections.Immutable;
using System.CommandLine;

namespace GradientDescent.Tool;

/// <summary>Suggests options with which a CSV file that could not be read can be read. Every suggestion was tried on the file.</summary>
internal static class CsvHint
{
    /// <summary>The key in <see cref="Exception.Data"/> of a sentence that follows the suggestions.</summary>
    public const string LastSentenceKey = "gd";

    /// <summary>The key in <see cref="Exception.Data"/> of the format that was used, if it is not that of the command line.</summary>
    public const string FormatKey = "gd format";

    // The library writes these.
    private const string ProblemKey = "GradientDescent.Problem", ProposalsKey = "GradientDescent.CsvOptions",
        AbsentKey = "GradientDescent.AbsentColumns";

    private const long MaxBytes = 1 << 26; // of a file that is read again for each delimiter

    private const int MaxRounds = 8, MaxColumns = 20; // of the search for options that read all columns

    private static readonly char[] _delimiters = [';', '\t', '|', ','];

    /// <summary>Returns the message of an exception, with a suggestion if there is one.</summary>
    /// <param name="error">The exception that reading the file or its columns caused.</param>
    /// <param name="parsed">The parsed command line.</param>
    public static string MessageOf(InvalidDataException error, ParseResult parsed)
    {
        CsvOptions current = error.Data[FormatKey] as CsvOptions ?? CsvFormatOptions.Of(parsed);
        string? last = error.Data[LastSentenceKey] as string;
        if (FileOf(parsed) is { } path && IsWorkbook(path))
            return $"{Path.GetFileName(path)} is an Excel workbook: save it as CSV UTF-8 there.";
        if (error.Data[ProposalsKey] is KeyValuePair<CsvOptions, string>[] proposals)
        {
            IEnumerable<string> effects = proposals.Select(proposal =>
                $"{CsvFormatOptions.Arguments(current, proposal.Key)} {proposal.Value}");
            return Joined(error.Data[ProblemKey] as string, $"{string.Join("; ", effects.Distinct())}.", last);
        }

        return Joined(error.Data[ProblemKey] as string ?? error.Message, OtherFormat(error, parsed, current), last);
    }

    /// <summary>Returns whether an exception of the library suggests options.</summary>
    public static bool HasProposals(InvalidDataException error) => error.Data.Contains(ProposalsKey);

    /// <summary>Returns whether an exception of the library suggests other values that stand for missing ones.</summary>
    public static bool ProposesMissingValues(InvalidDataException error, CsvOptions current) =>
        error.Data[ProposalsKey] is KeyValuePair<CsvOptions, string>[] proposals
        && proposals.Any(proposal => proposal.Key.MissingValues.Length > current.MissingValues.Length);

    private static string Joined(params string?[] sentences) => string.Join(' ', sentences.Where(sentence => sentence is { Length: > 0 }));

    /// <summary>
    /// Returns the name that is most similar to the target, or the options with which the file has the target, or the columns of the model.
    /// </summary>
    private static string? OtherFormat(InvalidDataException error, ParseResult parsed, CsvOptions current)
    {
        if (FileOf(parsed) is not { } path || new FileInfo(path).Length > MaxBytes)
            return null;
        if (!IsUnicode(path))
            return "If it is a text file, save it as UTF-8, which Excel calls CSV UTF-8.";
        Option? option = parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == "--target");
        string? target = option is null ? null : parsed.CommandResult.TextOf(option);
        string[] wanted = error.Data[AbsentKey] as string[] ?? (target is null ? [] : [target]);
        CsvTable? table = TryRead(path, current);
        if (table is not null && HasColumns(table, wanted))
            return null;
        CsvTable[] others =
        [
            .. _delimiters.Where(delimiter => delimiter != current.Delimiter)
                .Select(delimiter => TryRead(path, current with { Delimiter = delimiter }))
                .OfType<CsvTable>()
                .Where(other => other.Headers.Length > 1 && HasColumns(other, wanted)),
        ];
        if (others.MaxBy(other => other.Headers.Length) is { } best)
            return $"Does it need {Readings(path, best, current, target is null && wanted.Length > 0 ? wanted : best.Headers)}?";

        return table is not null && target is not null && !table.Headers.Contains(target, StringComparer.OrdinalIgnoreCase)
            && Spelling.Suggestion(target, table.Headers) is { } suggestion
            ? $"Did you mean '{TextLayout.OneLine(suggestion)}'?"
            : null;
    }

    /// <summary>
    /// Returns the options that read a file and the numbers of its columns; if a column can be read in several ways, all of them, with what
    /// they do.
    /// </summary>
    private static string Readings(string path, CsvTable table, CsvOptions current, IReadOnlyList<string> columns)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            (string Name, ImmutableArray<CsvOptions> Options)[] found = [.. columns
                .Select(name => (name, table.SuggestOptions(name))).Where(one => !one.Item2.IsEmpty).Take(MaxColumns)];
            if (found.Length == 0)
                break;
            (string name, ImmutableArray<CsvOptions> options) = found.MinBy(one => one.Options.Length);
            if (options.Length > 1)
                return string.Join(
                    " or ", options.Select(one => $"{CsvFormatOptions.Arguments(current, one)}{Effect(name, one)}").Distinct());
            if (TryRead(path, options[0]) is not { } other)
                break;
            table = other;
        }

        return CsvFormatOptions.Arguments(current, table.Options);

        string Effect(string name, CsvOptions options)
        {
            string field = table.Column(name).First(field => !table.IsMissing(field) && table.NumberOf(field) is null);
            return TryRead(path, options)?.NumberOf(field) is { } number
                ? FormattableString.Invariant($" (reads '{TextLayout.Quote(field)}' as {number})")
                : "";
        }
    }

    /// <summary>Returns the CSV file of the command line, or <see langword="null"/> if there is none.</summary>
    private static string? FileOf(ParseResult parsed)
    {
        Argument<string>? file = parsed.CommandResult.Command.Arguments.OfType<Argument<string>>()
            .FirstOrDefault(argument => argument.Name == CsvFormatOptions.FileName);
        return file is not null && parsed.GetValue(file) is { Length: > 0 } path && File.Exists(path) && FileKind.IsCsv(path)
            ? path
            : null;
    }

    /// <summary>Returns whether a file begins as workbooks do: those since 2007 are ZIP archives, those before OLE files.</summary>
    private static bool IsWorkbook(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[4];
            int count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return start[..count] is [0x50, 0x4B, 0x03, 0x04] or [0xD0, 0xCF, 0x11, 0xE0];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
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

    private static bool HasColumns(CsvTable table, string[] names)
    {
        try
        {
            table.Without(names);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}

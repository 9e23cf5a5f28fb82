using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>Describes the errors in a command line.</summary>
internal static class UsageErrors
{
    /// <summary>
    /// Returns one sentence for each error. If an option is unknown, only unknown options are reported, because they often cause the other
    /// errors.
    /// </summary>
    public static IReadOnlyList<string> Messages(ParseResult parsed)
    {
        CommandResult result = parsed.CommandResult;
        if (result.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [[not '-', ..] first, ..])
            return [UnknownCommand(first, result.Command)];
        IEnumerable<string> arguments = result.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value);
        Option[] known = [.. result.Command.Options, .. parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)];
        string[] unknownOptions =
        [
            .. arguments.Concat(parsed.UnmatchedTokens)
                .Where(word => word.Length > 1 && word[0] == '-')
                .Select(word => UnknownOption(word, known, result.Command, parsed.RootCommandResult.Command)),
        ];
        if (unknownOptions.Length > 0)
            return unknownOptions;
        if (parsed.UnmatchedTokens.Count > 0)
            return [.. parsed.UnmatchedTokens.Select(Unmatched)];
        return [.. parsed.Errors.OrderBy(error => error.SymbolResult is ArgumentResult ? 0 : 1).Select(Message).Distinct()];

        string Unmatched(string word) => result.Command.Subcommands.Count > 0
            ? UnknownCommand(word, result.Command)
            : $"There is one argument too many: '{word}'.{BlankBehindComma(result)}";
    }

    /// <summary>Returns whether a required argument, option or value is missing.</summary>
    public static bool HasMissingArgument(ParseResult parsed) => parsed.Errors.Any(error => IsMissing(error)
        || parsed.CommandResult.Command.Options.Any(option => error.Message == Arguments.Missing(option)));

    private static bool IsMissing(ParseError error) =>
        error.SymbolResult is ArgumentResult { Tokens.Count: 0 }
            or OptionResult { Tokens.Count: 0, Option.Arity.MinimumNumberOfValues: > 0 };

    private static string Message(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Argument: var argument } when IsMissing(error) => Arguments.Missing(argument),
        OptionResult { Option: var option, IdentifierTokenCount: 0 } when IsMissing(error) => Arguments.Missing(option),
        OptionResult { Option: var option } when IsMissing(error) => $"{option.Name} has no value: {Arguments.Description(option)}",
        _ => error.Message,
    };

    /// <summary>Returns a sentence about a list of columns that ends with a comma, or nothing if there is none.</summary>
    private static string BlankBehindComma(CommandResult result)
    {
        string? list = result.Children.OfType<OptionResult>()
            .SelectMany(option => option.Tokens)
            .Select(token => token.Value)
            .FirstOrDefault(value => value is [_, .., ',']);
        return list is null ? "" : $" No blank may follow the comma of '{list}'.";
    }

    private static string UnknownOption(string word, IEnumerable<Option> options, Command command, Command root)
    {
        string name = word.Split('=')[0];
        string[] others = [.. root.Subcommands.Where(other => other.Options.Any(option => option.Name == name)).Select(one => one.Name)];
        if (others.Length > 0)
        {
            string verbs = string.Join(" or ", others.Select(other => $"gd {other}"));
            return $"{name} is an option of {verbs}{(command == root ? ": the command comes first." : $", not of gd {command.Name}.")}";
        }

        string? suggestion = Spelling.Suggestion(name, options.SelectMany(option => option.Aliases.Prepend(option.Name)));
        string help = suggestion is null ? $" (write ./{name} for a file with this name)." : $": did you mean {suggestion}?";
        return $"There is no option '{name}'{help}";
    }

    private static string UnknownCommand(string word, Command command)
    {
        string[] names = [.. command.Subcommands.Select(one => one.Name)];
        if (names.Contains(word))
            return $"The command '{word}' must be the first argument.";
        string help = Spelling.Suggestion(word, names) is { } suggestion
            ? $"did you mean {suggestion}?"
            : $"the commands are {string.Join(", ", names)}.";
        return $"There is no command '{word}': {help}";
    }
}

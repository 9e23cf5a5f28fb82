using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>What is wrong with a command line, by the names of its arguments.</summary>
internal static class Usage
{
    /// <summary>Sentences, the most telling ones only: who is told of a misspelt option need not hear what is missing because of it.</summary>
    public static IReadOnlyList<string> Complaints(ParseResult parsed)
    {
        CommandResult result = parsed.CommandResult;
        IEnumerable<string> arguments = result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value);
        string[] options = [.. arguments.Concat(parsed.UnmatchedTokens).Where(word => word.Length > 1 && word[0] == '-').Select(word => NoOption(word, [.. result.Command.Options, .. parsed.RootCommandResult.Command.Options]))];
        if (options.Length > 0)
            return options;
        if (parsed.UnmatchedTokens.Count > 0)
            return [.. parsed.UnmatchedTokens.Select(word => result.Command.Subcommands.Count > 0 ? NoCommand(word, result.Command) : $"'{word}' is an argument too many.")];
        return [.. parsed.Errors.OrderBy(error => error.SymbolResult is ArgumentResult ? 0 : 1).Select(Complaint).Distinct()];
    }

    /// <summary>Whether a required argument or option is not there.</summary>
    public static bool LacksSomething(ParseResult parsed) => parsed.Errors.Any(IsMissing);

    private static bool IsMissing(ParseError error) => error.SymbolResult is ArgumentResult { Tokens.Count: 0 } or OptionResult { Tokens.Count: 0 };

    private static string Complaint(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Argument: var argument } when IsMissing(error) => $"{argument.Name} is missing: {Description(argument)}",
        OptionResult { Option: var option, IdentifierTokenCount: 0 } when IsMissing(error) => $"{option.Name} is missing: {Description(option)}",
        OptionResult { Option: var option } when IsMissing(error) => $"{option.Name} has no value: {Description(option)}",
        _ => error.Message,
    };

    private static string NoOption(string word, IEnumerable<Option> options)
    {
        string name = word.Split('=')[0];
        string? meant = Nearest.To(name, options.SelectMany(option => option.Aliases.Prepend(option.Name)));
        return $"There is no option '{name}'{(meant is null ? $" (a file of that name is written ./{name})." : $": did you mean {meant}?")}";
    }

    private static string NoCommand(string word, Command command)
    {
        string[] names = [.. command.Subcommands.Select(one => one.Name)];
        return $"There is no command '{word}': {(Nearest.To(word, names) is { } meant ? $"did you mean {meant}?" : $"the commands are {string.Join(", ", names)}.")}";
    }

    private static string Description(Symbol symbol)
    {
        string first = symbol.Description!.Split(';', '.')[0];
        return $"{char.ToLowerInvariant(first[0])}{first[1..]}.";
    }
}

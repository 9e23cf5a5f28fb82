using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace GradientDescent.Tool;

/// <summary>Options that take a number or a word, with complaints that name what is allowed.</summary>
internal static class Arguments
{
    public static Option<T?> WholeNumber<T>(string name, T minimum, string description) where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number) && number >= minimum)
                return number;
            argument.AddError(FormattableString.Invariant($"{name} is '{text}': it must be a whole number from {minimum} to {T.MaxValue}."));
            return null;
        },
    };

    public static Option<double?> Number(string name, Func<double, bool> isAllowed, string allowed, string description) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && isAllowed(number))
                return number;
            argument.AddError($"{name} is '{text}': it must be a number {allowed}.");
            return null;
        },
    };

    /// <summary>An option whose value is one of some words, in any case.</summary>
    public static Option<string?> Word(string name, string helpName, IReadOnlyCollection<string> words, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
                return known;
            string meant = Nearest.To(text, words) is { } near ? $"did you mean {near}? It" : "it";
            argument.AddError($"{name} is '{text}': {meant} must be {(words.Count == 1 ? "" : "one of ")}{string.Join(", ", words)}.");
            return null;
        },
    };

    /// <summary>What is wrong with a file's name; <see langword="null"/> if nothing is.</summary>
    public static string? Complaint(string argument, string path) =>
        path.Length == 0 ? $"{argument} is empty: give a file's name."
        : path.StartsWith('-') ? $"There is no option '{path}' (a file of that name is written ./{path})."
        : null;

    /// <exception cref="IOException">The path is a directory's.</exception>
    public static void RefuseDirectory(string path, string wanted)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a directory: give a {wanted}.");
    }

    /// <exception cref="IOException">The file would be in a folder that does not exist.</exception>
    public static void RequireFolder(string option, string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new IOException($"{option} is '{path}': there is no such folder.");
    }

    /// <summary>What an exception says, without the name of a parameter, which is no word of the command line.</summary>
    public static string MessageOf(ArgumentException exception) => exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);

    /// <summary>The text of an argument that was given, or <see langword="null"/>.</summary>
    public static string? TextOf(this SymbolResult command, Symbol symbol)
    {
        IReadOnlyList<Token>? tokens = symbol is Argument argument ? command.GetResult(argument)?.Tokens : command.GetResult((Option)symbol)?.Tokens;
        return tokens is [var first, ..] ? first.Value : null;
    }
}

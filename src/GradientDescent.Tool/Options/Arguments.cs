using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace GradientDescent.Tool;

/// <summary>Creates options whose value is a number or a word, and checks file names. The error messages name the allowed values.</summary>
internal static class Arguments
{
    public static Option<T?> WholeNumber<T>(string name, T minimum, string description, T? maximum = null)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = argument =>
            {
                string text = argument.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number) && number >= minimum
                    && number <= (maximum ?? T.MaxValue))
                {
                    return number;
                }

                argument.AddError(FormattableString.Invariant(
                    $"{name} is '{text}': it must be a whole number from {minimum} to {maximum ?? T.MaxValue}."));
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
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) && isAllowed(number))
            {
                return number;
            }

            argument.AddError($"{name} is '{text}': it must be a number {allowed}.");
            return null;
        },
    };

    /// <summary>Creates an option whose value is one of the given words. Case is ignored.</summary>
    public static Option<string?> Word(string name, string helpName, IReadOnlyCollection<string> words, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            string text = argument.Tokens[0].Value;
            if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
                return known;
            string suggestion = Spelling.Suggestion(text, words) is { } word ? $"did you mean {word}? It" : "it";
            string allowed = $"{(words.Count == 1 ? "" : "one of ")}{string.Join(", ", words)}";
            argument.AddError($"{name} is '{text}': {suggestion} must be {allowed}.");
            return null;
        },
    };

    /// <summary>Returns the message about an argument or option that a command needs.</summary>
    public static string Missing(Symbol symbol) => $"{symbol.Name} is missing: {Description(symbol)}";

    /// <summary>Returns the first part of the description of an argument or option, as the end of a sentence.</summary>
    public static string Description(Symbol symbol)
    {
        string first = symbol.Description!.Split(';', '.')[0];
        return $"{char.ToLowerInvariant(first[0])}{first[1..]}.";
    }

    /// <summary>Returns a description of the error in a file name, or <see langword="null"/> if it is valid.</summary>
    public static string? PathProblem(string argument, string path) =>
        path.Length == 0 ? $"{argument} is empty: give a file name."
        : path.Contains('\0', StringComparison.Ordinal) ? $"{argument} is '{path}': a file name cannot have the character NUL."
        : path.StartsWith('-') ? $"There is no option '{path}' (write ./{path} for a file with this name)."
        : null;

    /// <exception cref="IOException">The path is a directory.</exception>
    public static void RefuseDirectory(string path, string expected)
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a directory: give a {expected}.");
    }

    /// <exception cref="IOException">The folder of the file does not exist.</exception>
    public static void RequireFolder(string option, string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new IOException($"{option} is '{path}': its folder does not exist.");
    }

    /// <summary>
    /// Returns the message of an exception without the name of the .NET parameter, which has no meaning on the command line.
    /// </summary>
    public static string MessageOf(ArgumentException exception) =>
        exception.Message.Replace($" (Parameter '{exception.ParamName}')", "", StringComparison.Ordinal);

    /// <summary>Runs work on data. The arguments are already checked, so an error in an argument is in the data.</summary>
    /// <param name="source">The name of the data.</param>
    /// <param name="work">The function to run.</param>
    /// <exception cref="InvalidDataException">The data is not valid for the work.</exception>
    public static T OnData<T>(string source, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{source}: {MessageOf(e)}", e);
        }
    }

    /// <summary>
    /// Returns whether an argument or option names the same file as a path, directly or through symbolic links. A file name that is not
    /// valid names no file.
    /// </summary>
    public static bool NamesSameFile(this SymbolResult command, Symbol symbol, string path) =>
        command.TextOf(symbol) is { } other && PathProblem("", other) is null && PathProblem("", path) is null
            && AtomicFile.IsSame(other, path);

    /// <summary>Returns the text of an argument or option on the command line, or <see langword="null"/> if it was not given.</summary>
    public static string? TextOf(this SymbolResult command, Symbol symbol)
    {
        IReadOnlyList<Token>? tokens = symbol is Argument argument
            ? command.GetResult(argument)?.Tokens
            : command.GetResult((Option)symbol)?.Tokens;
        return tokens is [var first, ..] ? first.Value : null;
    }
}

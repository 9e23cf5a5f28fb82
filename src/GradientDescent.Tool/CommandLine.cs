using System.CommandLine;
using System.CommandLine.Help;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd</c>: reads the arguments, runs what they ask for and says by its exit code how that went.</summary>
internal static class CommandLine
{
    public const int Success = 0;
    public const int DataError = 1;
    public const int WrongUsage = 2;
    public const int Interrupted = 130; // as shells say it of a program that Ctrl-C ended

    private static readonly IReadOnlyList<string> _examples =
    [
        "gd fit houses.csv --target price        a model, with standard errors",
        "gd fit houses.csv --target price --save price.json",
        "gd fit houses.csv --target price --report report.html",
        "gd predict price.json new.csv           what that model says of other data",
        "gd compare                              eight optimizers on built-in data",
        "gd compare houses.csv --target price    eight optimizers on a file of yours",
        "gd fit --help                           what else fit can do",
        "gd nist                                 correct digits on reference problems",
    ];

    public static IReadOnlyList<string> ExamplesOf(Command command) => command switch
    {
        RootCommand => _examples,
        { Name: "fit" } => FitCommand.Examples,
        { Name: "predict" } => PredictCommand.Examples,
        { Name: "nist" } => NistCommand.Examples,
        _ => CompareCommand.Examples,
    };

    /// <param name="args">As the shell gave them.</param>
    /// <param name="output">Where results and help go.</param>
    /// <param name="error">Where complaints go.</param>
    /// <param name="terminal">The terminal behind <paramref name="output"/>, or <see langword="null"/> if there is none that can move its cursor.</param>
    public static int Run(string[] args, TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        // A file name may begin with @; it is no list of further arguments.
        ParseResult parsed = Root(output, error, terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return Refuse(parsed, error);
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is InvalidDataException or ModelFormatException or IOException or UnauthorizedAccessException)
        {
            string message = e is InvalidDataException && CsvHint.Of(parsed) is { } hint ? $"{e.Message} {hint}" : e.Message;
            error.WriteLine($"gd: {TextLayout.OneLine(message)}");
            return DataError;
        }
    }

    private static RootCommand Root(TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        var help = new HelpWithExamples(Math.Min(terminal?.Profile.Width ?? TextLayout.DefaultWidth, TextLayout.DefaultWidth));
        RootCommand root = new("Gradient-descent optimizers on the command line.")
        {
            FitCommand.Create(output, error, terminal),
            PredictCommand.Create(output, error),
            CompareCommand.Create(output, error, terminal),
            NistCommand.Create(output),
        };
        root.Options.OfType<HelpOption>().Single().Action = help;
        root.SetAction(help.Invoke);
        return root;
    }

    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        foreach (string complaint in Usage.Complaints(parsed))
            error.WriteLine($"gd: {TextLayout.OneLine(complaint)}");
        Command command = parsed.CommandResult.Command;
        if (Usage.LacksSomething(parsed))
            error.WriteLine($"Example: {ExamplesOf(command).First(example => example.StartsWith($"gd {command.Name}", StringComparison.Ordinal))}");
        error.WriteLine($"Try '{(command is RootCommand ? "gd" : $"gd {command.Name}")} --help'.");
        return WrongUsage;
    }
}

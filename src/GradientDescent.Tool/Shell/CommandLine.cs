using System.CommandLine;
using System.CommandLine.Help;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>The program <c>gd</c>: parses the arguments, runs the command and returns its exit code.</summary>
internal static class CommandLine
{
    private static readonly IReadOnlyList<string> _examples =
    [
        "gd fit houses.csv --target price        a model with standard errors",
        "gd fit houses.csv --target price --save price.json",
        "gd fit houses.csv --target price --report report.html",
        "gd predict price.json new.csv           predictions of that model",
        "gd compare                              eight optimizers on built-in data",
        "gd compare houses.csv --target price    eight optimizers on your file",
        "gd fit houses.csv --target price --history runs.db",
        "gd runs runs.db --sort rmse             the runs of a history",
        "gd rate houses.csv --target price       learning rates for gd fit --optimizer",
        "gd convert big.csv big.arrow --target y  a file that is mapped, not loaded",
        "gd fit --help                           all options of fit",
        "gd nist                                 correct digits on reference problems",
    ];

    /// <param name="args">The arguments of the program.</param>
    /// <param name="output">The writer for results and help.</param>
    /// <param name="error">The writer for messages.</param>
    /// <param name="terminal">
    /// The terminal of <paramref name="output"/>, or <see langword="null"/> if there is no terminal that supports escape sequences.
    /// </param>
    /// <param name="ranks">The processes that share the work of a fit; <see langword="null"/>: this one works alone.</param>
    public static int Run(
        string[] args, TextWriter output, TextWriter error, IAnsiConsole? terminal, ICollective? ranks = null)
    {
        try
        {
            return Parse(args, output, error, terminal, ranks);
        }
        catch (Exception e)
        {
            (int exitCode, string message) = e switch
            {
                InvalidDataException or ModelFormatException or IOException or UnauthorizedAccessException
                    or PlatformNotSupportedException => (ExitCode.DataError, e.Message),
                OutOfMemoryException => (ExitCode.DataError, "there is not enough memory for this data."),
                _ => (ExitCode.InternalError, $"an error in gd itself: {e.GetType().Name}: {e.Message}"),
            };
            TryWrite(error, message);
            return exitCode;
        }
    }

    private static int Parse(string[] args, TextWriter output, TextWriter error, IAnsiConsole? terminal, ICollective? ranks)
    {
        // ResponseFileTokenReplacer is null, so that a file name can begin with @. Otherwise, @name is read as a file of further arguments.
        if (args is ["help", .. var topic])
            args = [.. topic, "--help"];
        ParseResult parsed = Root(output, error, terminal, ranks).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
            return Refuse(parsed, error);
        if (ranks is { Rank: > 0 } && parsed.CommandResult.Command.Name != FitCommand.Name)
            return ExitCode.Success; // rank 0 does it alone
        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(CsvHint.MessageOf(e, parsed), e);
        }
    }

    /// <summary>Writes a message, unless standard error is closed or full: then nobody can be told.</summary>
    private static void TryWrite(TextWriter error, string message)
    {
        try
        {
            error.WriteLine($"gd: {TextLayout.Message(message)}");
        }
        catch (IOException)
        {
            // The exit code tells the rest.
        }
    }

    private static IReadOnlyList<string> ExamplesOf(Command command) => command switch
    {
        RootCommand => _examples,
        { Name: "fit" } => FitCommand.Examples,
        { Name: "predict" } => PredictCommand.Examples,
        { Name: "rate" } => RateCommand.Examples,
        { Name: "convert" } => ConvertCommand.Examples,
        { Name: "nist" } => NistCommand.Examples,
        { Name: "runs" } => RunsCommand.Examples,
        _ => CompareCommand.Examples,
    };

    private static RootCommand Root(TextWriter output, TextWriter error, IAnsiConsole? terminal, ICollective? ranks)
    {
        int width = Math.Min(terminal?.Profile.Width ?? TextLayout.DefaultWidth, TextLayout.DefaultWidth);
        var help = new HelpWithExamples(width, ExamplesOf);
        RootCommand root = new("Gradient-descent optimizers on the command line.")
        {
            FitCommand.Create(output, error, terminal, ranks),
            PredictCommand.Create(output, error),
            CompareCommand.Create(output, error, terminal),
            RateCommand.Create(output, error, terminal),
            RunsCommand.Create(output, error),
            ConvertCommand.Create(error),
            NistCommand.Create(output),
        };
        root.Options.OfType<HelpOption>().Single().Action = help;
        root.SetAction(help.Invoke);
        return root;
    }

    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        foreach (string message in UsageErrors.Messages(parsed))
            error.WriteLine($"gd: {TextLayout.Message(message)}");
        Command command = parsed.CommandResult.Command;
        string start = $"gd {command.Name}";
        if (UsageErrors.HasMissingArgument(parsed)
            && ExamplesOf(command).FirstOrDefault(example => example.StartsWith(start, StringComparison.Ordinal)) is { } fitting)
        {
            error.WriteLine($"Example: {fitting}");
        }

        error.WriteLine($"Try '{(command is RootCommand ? "gd" : $"gd {command.Name}")} --help'.");
        return ExitCode.WrongUsage;
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GradientDescent.Tool;

/// <summary>Prints the standard help of a command, then examples and the exit codes.</summary>
/// <param name="width">The maximum length of a line.</param>
/// <param name="examplesOf">The function that returns the examples of a command.</param>
internal sealed class HelpWithExamples(int width, Func<Command, IReadOnlyList<string>> examplesOf) : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new() { MaxWidth = width };

    /// <summary>Returns <see langword="true"/>: <c>--help</c> prints the help even if the other arguments are not valid.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examplesOf(parseResult.CommandResult.Command))
            output.WriteLine($"  {example}");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 wrong data, 2 wrong usage, 70 gd failed, 130 interrupted.");
        return ExitCode.Success;
    }
}

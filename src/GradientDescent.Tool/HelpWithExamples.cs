using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GradientDescent.Tool;

/// <summary>The usual help, and below it command lines to start from.</summary>
/// <param name="width">The widest line.</param>
internal sealed class HelpWithExamples(int width) : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new() { MaxWidth = width };

    /// <summary>--help is an answer whatever stands beside it.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in CommandLine.ExamplesOf(parseResult.CommandResult.Command))
            output.WriteLine($"  {example}");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 wrong data, 2 wrong usage, 130 interrupted.");
        return CommandLine.Success;
    }
}

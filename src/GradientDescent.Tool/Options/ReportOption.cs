using System.CommandLine;
using System.CommandLine.Parsing;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>
/// The option <c>--report</c>, which writes an HTML page. The path is checked before training starts.
/// </summary>
internal sealed class ReportOption
{
    private readonly Option<string?> _option = new("--report")
    {
        Description = "Writes an HTML page with charts, tables and settings: one file that works offline.",
        HelpName = "FILE.html",
    };

    public Option Option => _option;

    public void AddTo(Command command) => command.Add(_option);

    /// <param name="result">The parsed command line.</param>
    /// <param name="others">The other arguments that name files to read or to write.</param>
    public void Check(CommandResult result, params Symbol[] others)
    {
        if (result.TextOf(_option) is not { } path)
            return;
        if (Arguments.PathProblem(_option.Name, path) is { } problem)
            result.AddError(problem);
        else if (others.FirstOrDefault(other => result.NamesSameFile(other, path)) is { } same)
            result.AddError($"{_option.Name} is '{path}', the same file as {same.Name}: one would overwrite the other.");
    }

    /// <summary>Returns the path of the file to write, or <see langword="null"/> if the option was not given.</summary>
    /// <exception cref="IOException">The path is a directory, or its folder does not exist.</exception>
    public string? Of(ParseResult parsed)
    {
        string? path = parsed.GetValue(_option);
        if (path is not null)
        {
            Arguments.RefuseDirectory(path, "file to write");
            Arguments.RequireFolder(_option.Name, path);
        }

        return path;
    }

    public static void Write(Report report, string path, TextWriter error)
    {
        report.SaveHtml(path);
        error.WriteLine($"gd: the report is in '{TextLayout.OneLine(path)}'.");
    }
}

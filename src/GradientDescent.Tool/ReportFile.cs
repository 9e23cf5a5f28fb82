using System.CommandLine;
using System.CommandLine.Parsing;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>The option <c>--report</c>: a page for a browser. What cannot be written to is refused before the work.</summary>
internal sealed class ReportFile
{
    private readonly Option<string?> _option = new("--report") { Description = "Writes curves, pictures and settings to a page for a browser: one file that needs no network.", HelpName = "FILE.html" };

    public void AddTo(Command command) => command.Add(_option);

    /// <param name="result">What was given.</param>
    /// <param name="others">Files that are read or written too.</param>
    public void Check(CommandResult result, params Symbol[] others)
    {
        if (result.TextOf(_option) is not { } path)
            return;
        if (Arguments.Complaint(_option.Name, path) is { } complaint)
            result.AddError(complaint);
        else if (others.FirstOrDefault(other => result.TextOf(other) is { Length: > 0 } taken && Path.GetFullPath(taken) == Path.GetFullPath(path)) is { } same)
            result.AddError($"{_option.Name} is '{path}', as {same.Name} is: one of them would be lost.");
    }

    /// <summary>The file to write, or <see langword="null"/>.</summary>
    /// <exception cref="IOException">It is a directory, or in a folder that does not exist.</exception>
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

using System.CommandLine;
using System.CommandLine.Parsing;

namespace GradientDescent.Tool;

/// <summary>The options of a fit that add it to a history of runs. The path is checked before training starts.</summary>
internal sealed class HistoryOptions
{
    private readonly Option<string?> _file = new("--history")
    {
        Description = "Adds the run to a history for gd runs. The file is created if it does not exist.",
        HelpName = "FILE.db",
    };
    private readonly Option<string?> _name = new("--name") { Description = "Name of the run in the history.", HelpName = "TEXT" };
    private readonly TagOption _tags = new("Tag of the run in the history, such as team=pricing; can be given more than once.");

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_name);
        command.Add(_tags.Option);
    }

    /// <param name="result">The parsed command line.</param>
    /// <param name="others">The other arguments that name files to read or to write.</param>
    public void Check(CommandResult result, params Symbol[] others)
    {
        if (result.TextOf(_file) is not { } path)
        {
            foreach (Option option in new[] { _name, _tags.Option })
            {
                if (result.GetResult(option) is not null)
                    result.AddError($"{option.Name} needs --history: it describes the run there.");
            }

            return;
        }

        if (Arguments.PathProblem(_file.Name, path) is { } problem)
            result.AddError(problem);
        else if (others.FirstOrDefault(other => result.NamesSameFile(other, path)) is { } same)
            result.AddError($"{_file.Name} is '{path}', the same file as {same.Name}: one would overwrite the other.");
    }

    /// <summary>Returns the path of the history, or <see langword="null"/> if the option was not given.</summary>
    /// <exception cref="IOException">The path is a directory, or its folder does not exist.</exception>
    public string? Of(ParseResult parsed)
    {
        string? path = parsed.GetValue(_file);
        if (path is not null)
        {
            Arguments.RefuseDirectory(path, "file for the history");
            Arguments.RequireFolder(_file.Name, path);
        }

        return path;
    }

    /// <summary>Adds a run, with the name and the tags of the command line, and prints its number.</summary>
    /// <exception cref="InvalidDataException">The file is not a history, or a name has characters that are not text.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(ParseResult parsed, string path, Func<RunRecord> run, TextWriter error)
    {
        try
        {
            using RunHistory history = RunHistory.Open(path);
            long id = history.Add(run() with { Name = parsed.GetValue(_name) ?? "", Tags = _tags.Of(parsed) });
            error.WriteLine(FormattableString.Invariant($"gd: the run was added to '{TextLayout.OneLine(path)}' as number {id}."));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"The run was not added to '{path}': {Arguments.MessageOf(e)}", e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The run was not added to the history. {e.Message}", e);
        }
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GradientDescent.Reporting;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd runs</c>.</summary>
internal sealed class RunsCommand
{
    private const int DefaultLimit = 20;

    private readonly Argument<string> _file = new("FILE.db") { Description = "A history of runs, as gd fit --history writes it." };
    private readonly Argument<long[]> _ids = new("ID")
    {
        Description = "Shows the run with this number; two numbers compare two runs. Without a number, runs are listed.",
        Arity = new ArgumentArity(0, 2),
        CustomParser = ParseIds,
    };
    private readonly Option<string?> _sort = new("--sort")
    {
        Description = "Lists the best runs first, by loss or a metric such as rmse, of the validation data if there is any. "
            + "Default: the newest first.",
        HelpName = "METRIC",
    };
    private readonly Option<string?> _target = new("--target") { Description = "Only runs with this target.", HelpName = "COLUMN" };
    private readonly TagOption _tags = new("Only runs with this tag; can be given more than once.");
    private readonly Option<int?> _limit = Arguments.WholeNumber("--limit", 1, "Maximum number of runs in the table. Default: 20.");
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON with all digits; without --limit, of all runs." };
    private readonly ReportOption _report = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd runs runs.db",
        "gd runs runs.db --sort rmse --target price",
        "gd runs runs.db --tag team=pricing --json",
        "gd runs runs.db 7                       one run in full",
        "gd runs runs.db 7 9                     what differs between two runs",
        "gd runs runs.db --report runs.html      a page with all runs",
    ];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var runs = new RunsCommand();
        var command = new Command("runs", "List, show and compare the runs of a history, which gd fit --history writes.")
        {
            runs._file, runs._ids, runs._sort, runs._target, runs._tags.Option, runs._limit, runs._json,
        };
        runs._report.AddTo(command);
        command.Validators.Add(runs.Check);
        command.SetAction(parsed => runs.Run(parsed, output, error));
        return command;
    }

    private void Check(CommandResult result)
    {
        if (result.TextOf(_file) is { } path && Arguments.PathProblem(_file.Name, path) is { } problem)
            result.AddError(problem);
        if (result.TextOf(_ids) is not null)
        {
            foreach (Option option in new Option[] { _sort, _target, _tags.Option, _limit, _report.Option })
            {
                if (result.GetResult(option) is not null)
                    result.AddError($"{option.Name} applies to the list of runs: leave out ID, or the option.");
            }
        }

        _report.Check(result, _file);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error)
    {
        string path = parsed.GetValue(_file)!;
        string? page = _report.Of(parsed);
        using RunHistory history = RunHistory.Open(path, readOnly: true);
        if (parsed.GetValue(_ids) is { Length: > 0 } ids)
            Show([.. ids.Select(id => Find(history, id, path))], parsed.GetValue(_json), output);
        else
            List(parsed, history, page, output, error);
        return ExitCode.Success;
    }

    private static void Show(ImmutableArray<RunRecord> runs, bool isJson, TextWriter output)
    {
        if (isJson)
            RunsJson.Write(output, runs);
        else if (runs is [var run])
            WriteLines(output, RunFields.Show(run));
        else if (RunFields.Compare(runs[0], runs[1]) is [{ Cells.Length: > 0 }, ..] columns)
            TextTable.Write(output, columns);
        else
            output.WriteLine("The two runs are equal.");
    }

    private void List(ParseResult parsed, RunHistory history, string? page, TextWriter output, TextWriter error)
    {
        string path = parsed.GetValue(_file)!;
        string? sort = parsed.GetValue(_sort);
        var filter = new RunFilter { Target = parsed.GetValue(_target), Tags = _tags.Of(parsed).ToImmutableDictionary() };
        if (sort is not null && history.Runs(filter) is { IsEmpty: false } candidates)
        {
            sort = RunMetrics.Known(sort, candidates);
            filter = filter with { SortBy = sort, Descending = RunMetrics.IsLargerBetter(sort) };
        }

        bool isJson = parsed.GetValue(_json);
        int? limit = parsed.GetValue(_limit);
        ImmutableArray<RunRecord> all = history.Runs(filter), shown = [.. all.Take(limit ?? (isJson ? int.MaxValue : DefaultLimit))];
        if (isJson)
            RunsJson.Write(output, shown);
        else if (all.IsEmpty)
            error.WriteLine($"gd: '{TextLayout.OneLine(path)}' has no such runs.");
        else
            TextTable.Write(output, RunsTable.Of(shown, sort, TextLayout.DefaultWidth));
        if (!isJson && shown.Length < all.Length)
            error.WriteLine(FormattableString.Invariant($"gd: {shown.Length} of {all.Length} runs; --limit {all.Length} shows all."));
        if (page is not null)
            ReportOption.Write(PageOf(parsed, path, all, sort), page, error);
    }

    private static Report PageOf(ParseResult parsed, string path, ImmutableArray<RunRecord> runs, string? sort)
    {
        var page = new Report($"Runs of {TextLayout.OneLine(Path.GetFileName(path))}") { Notes = [PageText.CommandOf(parsed)] };
        if (!runs.IsEmpty)
            page.AddTable("Runs", RunsTable.Of(runs, sort, int.MaxValue));
        return page;
    }

    private static RunRecord Find(RunHistory history, long id, string path) => history.Find(id)
        ?? throw new InvalidDataException(FormattableString.Invariant($"'{path}' has no run {id}: gd runs {path} lists the runs."));

    private static long[] ParseIds(ArgumentResult argument)
    {
        List<long> ids = [];
        foreach (Token token in argument.Tokens)
        {
            if (long.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && id > 0)
                ids.Add(id);
            else
                argument.AddError($"ID is '{token.Value}': it must be the number of a run, from 1.");
        }

        return [.. ids];
    }

    private static void WriteLines(TextWriter output, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            output.WriteLine(line);
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd compare</c>.</summary>
internal sealed class CompareCommand
{
    private const string BuiltInData = "diabetes.csv";

    private readonly Argument<string?> _file = new(CsvFormatOptions.FileName)
    {
        Description = "Data with column names in the first line. All columns except the target are features. "
            + "Default: the built-in diabetes data (Efron et al., 2004).",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _target = new("--target") { Description = "The column to predict.", HelpName = "COLUMN" };
    private readonly Option<int?> _epochs = Arguments.WholeNumber(
        "--epochs", 1, "Passes over the data for every optimizer. Default: 10000 for BatchGD, 1000 for the others.");
    private readonly Option<long?> _seed = Arguments.WholeNumber(
        "--seed", long.MinValue, "Seed for the order of the samples. Default: 0.");
    private readonly Option<bool> _wide = new("--wide") { Description = "Shows batch size, learning rate, schedule and epochs too." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON with all digits." };
    private readonly ReportOption _report = new();
    private readonly TableOptions _table = new();
    private readonly CsvFormatOptions _csv = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd compare",
        "gd compare houses.csv --target price --epochs 200",
        "gd compare houses.csv --target price --report report.html",
        "gd compare haeuser.csv --target preis --delimiter \";\" --decimal \",\" --wide",
    ];

    public static Command Create(TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        var compare = new CompareCommand();
        var command = new Command("compare", "Train linear regression with eight optimizers and compare the losses with the optimum.")
        {
            compare._file, compare._target, compare._epochs, compare._seed, compare._wide, compare._json,
        };
        compare._report.AddTo(command);
        compare._table.AddTo(command);
        compare._csv.AddTo(command);
        command.Validators.Add(compare.Check);
        command.SetAction(parsed => compare.Run(parsed, output, error, terminal));
        return command;
    }

    public static Dataset BuiltIn()
    {
        using Stream csv = typeof(CompareCommand).Assembly.GetManifestResourceStream(BuiltInData)!;
        return Dataset.FromCsv(csv, BuiltInData, ["target"]);
    }

    private void Check(CommandResult result)
    {
        string? path = result.TextOf(_file);
        bool hasTarget = result.GetResult(_target) is not null;
        if (path is not null && CsvInput.PathProblem(path) is { } problem)
            result.AddError(problem);
        else if (path is not null && !hasTarget)
            result.AddError($"'{path}' needs --target COLUMN, the column to predict.");
        else if (path is null && hasTarget)
            result.AddError("--target needs a FILE.csv.");
        _report.Check(result, _file);
        _csv.Check(result);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        string? path = parsed.GetValue(_file), page = _report.Of(parsed);
        bool isJson = parsed.GetValue(_json), wide = parsed.GetValue(_wide);
        IAnsiConsole? progressTerminal = isJson ? null : terminal;
        Dataset data = path is null
            ? BuiltIn()
            : ProgressDisplay.Show(progressTerminal, "reading", () => Read(parsed, path, error));
        string source = path is null ? BuiltInData : Path.GetFileName(path);
        string title = $"{(path is null ? "diabetes (built in)" : TextLayout.OneLine(source))}: {data}";
        using var interrupt = new Interrupt(progressTerminal);
        var settings = new ComparisonSettings(parsed.GetValue(_epochs), parsed.GetValue(_seed) ?? 0, IsLogged: page is not null);
        Comparison comparison = progressTerminal is null
            ? Comparison.Run(data, settings, cancellation: interrupt.Token)
            : ComparisonTerminal.WithBars(progressTerminal, report => Comparison.Run(data, settings, report, interrupt.Token));
        if (isJson)
            ComparisonJson.Write(output, comparison, data, source, page);
        else if (terminal is null)
            ComparisonPlainText.Write(output, comparison, title, wide);
        else
            ComparisonTerminal.Write(terminal, comparison, title, wide);
        if (page is not null)
            ReportOption.Write(ComparisonPage.Of(comparison, title, parsed), page, error);
        return comparison.WasCancelled ? ExitCode.Interrupted : ExitCode.Success;
    }

    private Dataset Read(ParseResult parsed, string path, TextWriter error)
    {
        TableSettings columns = _table.Of(parsed);
        CsvTable table = columns.Choose(
            CsvInput.Read(path, CsvFormatOptions.Of(parsed)), parsed.GetValue(_target)!, out ImmutableArray<string> notes);
        TargetColumn target = Target(table, parsed.GetValue(_target)!);
        var features = EncodedFeatures.Of(table.Without(target.Name), target.Name, target.Values, columns);
        foreach (string note in (IEnumerable<string>)[.. notes, .. target.Notes, .. features.Notes])
            error.WriteLine($"gd: {note}");
        return features.Data;
    }

    private static TargetColumn Target(CsvTable table, string name)
    {
        try
        {
            return TargetColumn.Of(table, name, TargetColumn.Linear);
        }
        catch (InvalidDataException e) when (!CsvHint.HasProposals(e) && !table.IsNumeric(name))
        {
            e.Data[CsvHint.LastSentenceKey] = "gd compare trains linear regression: the target must be numbers.";
            throw;
        }
    }
}

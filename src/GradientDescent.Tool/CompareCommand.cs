using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary><c>gd compare</c>: its arguments, and what is done with them.</summary>
internal sealed class CompareCommand
{
    private const string BuiltInData = "diabetes.csv";

    private readonly Argument<string?> _file = new(CsvFormat.FileName)
    {
        Description = "Data with column names in the first line; every column is a number, and every one but the target a feature. Without it, the built-in diabetes data (Efron et al., 2004).",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> _target = new("--target") { Description = "The column to predict.", HelpName = "COLUMN" };
    private readonly Option<int?> _epochs = Arguments.WholeNumber("--epochs", 1, "Passes over the data for every optimizer; unset, BatchGD gets 10000 and the others 1000.");
    private readonly Option<long?> _seed = Arguments.WholeNumber("--seed", long.MinValue, "Fixes the order in which samples are drawn; 0 unless set.");
    private readonly Option<bool> _wide = new("--wide") { Description = "Shows batching, rate and epochs too." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON, with every digit." };
    private readonly ReportFile _report = new();
    private readonly CsvFormat _csv = new();

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
        var command = new Command("compare", "Train linear regression with eight optimizers and compare them with the analytic optimum.")
        {
            compare._file, compare._target, compare._epochs, compare._seed, compare._wide, compare._json,
        };
        compare._report.AddTo(command);
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
        if (path is not null && Arguments.Complaint(CsvFormat.FileName, path) is { } complaint)
            result.AddError(complaint);
        else if (path is not null && !hasTarget)
            result.AddError($"'{path}' needs --target COLUMN: which column is to be predicted?");
        else if (path is null && hasTarget)
            result.AddError("--target needs a FILE.csv.");
        _report.Check(result, _file);
        _csv.Check(result);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        string? path = parsed.GetValue(_file), page = _report.Of(parsed);
        bool isJson = parsed.GetValue(_json), wide = parsed.GetValue(_wide);
        IAnsiConsole? stage = isJson ? null : terminal;
        Dataset data = path is null ? BuiltIn() : FitProgress.Show(stage, "reading", () => Read(path, parsed.GetValue(_target)!, _csv.Of(parsed)));
        string source = path is null ? BuiltInData : Path.GetFileName(path), title = $"{(path is null ? "diabetes (built in)" : TextLayout.OneLine(source))}: {data}";
        using var interrupt = new Interrupt(stage);
        var settings = new ComparisonSettings(parsed.GetValue(_epochs), parsed.GetValue(_seed) ?? 0, IsLogged: page is not null);
        Comparison comparison = stage is null
            ? Comparison.Run(data, settings, cancellation: interrupt.Token)
            : TerminalReport.WithBars(stage, report => Comparison.Run(data, settings, report, interrupt.Token));
        if (isJson)
            ComparisonJson.Write(output, comparison, data, source, page);
        else if (terminal is null)
            PlainReport.Write(output, comparison, title, wide);
        else
            TerminalReport.Write(terminal, comparison, title, wide);
        if (page is not null)
            ReportFile.Write(ComparisonPage.Of(comparison, title, parsed), page, error);
        return comparison.WasCancelled ? CommandLine.Interrupted : CommandLine.Success;
    }

    private static Dataset Read(string path, string target, CsvOptions format)
    {
        Arguments.RefuseDirectory(path, "CSV file");
        try
        {
            return Dataset.FromCsv(path, target, format);
        }
        catch (ArgumentException e) // the arguments are checked by now: what is left is in the data
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}: {Arguments.MessageOf(e)}", e);
        }
    }
}

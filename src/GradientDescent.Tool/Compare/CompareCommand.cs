using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd compare</c>.</summary>
internal sealed class CompareCommand
{
    private const string BuiltInData = "diabetes.csv";

    private readonly DataArguments _data = new("Default: the built-in diabetes data (Efron et al., 2004).");
    private readonly Option<int?> _epochs = Arguments.WholeNumber(
        "--epochs", 1, "Passes over the data for every optimizer. Default: 10000 for BatchGD, 1000 for the others.");
    private readonly Option<long?> _seed = Arguments.WholeNumber(
        "--seed", long.MinValue, "Seed for the order of the samples. Default: 0.");
    private readonly Option<bool> _wide = new("--wide") { Description = "Shows batch size, learning rate, schedule and epochs too." };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON with all digits." };
    private readonly ReportOption _report = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd compare houses.csv --target price --epochs 200",
        "gd compare",
        "gd compare houses.csv --target price --report report.html",
        "gd compare haeuser.csv --target preis --delimiter \";\" --decimal \",\" --wide",
    ];

    public static Command Create(TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        var compare = new CompareCommand();
        var command = new Command("compare", "Train linear regression with eight optimizers and compare the losses with the optimum.");
        compare._data.AddFileTo(command);
        foreach (Option option in new Option[] { compare._epochs, compare._seed, compare._wide, compare._json })
            command.Add(option);
        compare._report.AddTo(command);
        compare._data.AddColumnsTo(command);
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
        _data.Check(result);
        _report.Check(result, _data.File);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        string? page = _report.Of(parsed);
        bool isJson = parsed.GetValue(_json), wide = parsed.GetValue(_wide);
        IAnsiConsole? progressTerminal = isJson ? null : terminal;
        TrainingData? file = ProgressDisplay.Show(progressTerminal, "reading", () => _data.Read(parsed, TargetColumn.Linear));
        foreach (string note in file?.Notes ?? [])
            error.WriteLine($"gd: {note}");
        Dataset data = file?.Data ?? BuiltIn();
        string source = file?.Source ?? BuiltInData;
        string title = $"{(file is null ? "diabetes (built in)" : TextLayout.OneLine(source))}: {data}";
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
}

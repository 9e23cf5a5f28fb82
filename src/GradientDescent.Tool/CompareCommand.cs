using System.CommandLine;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary><c>gd compare</c>: its arguments, and what is done with them.</summary>
internal static class CompareCommand
{
    private const string BuiltInData = "diabetes.csv";

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd compare",
        "gd compare houses.csv --target price --epochs 200",
        "gd compare haeuser.csv --target preis --delimiter \";\" --decimal \",\" --wide",
    ];

    public static Command Create(TextWriter output, IAnsiConsole? terminal)
    {
        var file = new Argument<string?>("FILE.csv")
        {
            Description = "Data with column names in the first line; every column is a number, and every one but the target a feature. Without it, the built-in diabetes data (Efron et al., 2004).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var target = new Option<string?>("--target") { Description = "The column to predict.", HelpName = "COLUMN" };
        Option<int?> epochs = Arguments.WholeNumber("--epochs", 1, "Passes over the data for every optimizer; unset, BatchGD gets 10000 and the others 1000.");
        Option<long?> seed = Arguments.WholeNumber("--seed", long.MinValue, "Fixes the order in which samples are drawn; 0 unless set.");
        var wide = new Option<bool>("--wide") { Description = "Show batching, rate and epochs too." };
        var csv = new CsvFormat();

        var command = new Command("compare", "Train linear regression with all eight optimizers and compare them with the analytic optimum.") { file, target, epochs, seed, wide };
        csv.AddTo(command);
        command.Validators.Add(result =>
        {
            string? path = result.TextOf(file);
            bool hasTarget = result.GetResult(target) is not null;
            if (path is not null && Arguments.Complaint("FILE.csv", path) is { } complaint)
                result.AddError(complaint);
            else if (path is not null && !hasTarget)
                result.AddError($"'{path}' needs --target COLUMN: which column is to be predicted?");
            else if (path is null && hasTarget)
                result.AddError("--target needs a FILE.csv.");
            else
                csv.Check(result);
        });
        command.SetAction(parsed =>
        {
            string? path = parsed.GetValue(file);
            Dataset data = path is null ? BuiltIn() : Read(path, parsed.GetValue(target)!, csv.Of(parsed));
            string title = $"{(path is null ? "diabetes (built in)" : TextLayout.OneLine(Path.GetFileName(path)))}: {data}";
            using var interrupt = new Interrupt();
            Comparison comparison = Compare(data, new ComparisonSettings(parsed.GetValue(epochs), parsed.GetValue(seed) ?? 0), title, parsed.GetValue(wide), output, terminal, interrupt.Token);
            return comparison.WasCancelled ? CommandLine.Interrupted : CommandLine.Success;
        });
        return command;
    }

    private static Comparison Compare(
        Dataset data, ComparisonSettings settings, string title, bool wide, TextWriter output, IAnsiConsole? terminal, CancellationToken cancellation)
    {
        Comparison comparison = terminal is null
            ? Comparison.Run(data, settings, cancellation: cancellation)
            : TerminalReport.WithBars(terminal, report => Comparison.Run(data, settings, report, cancellation));
        if (terminal is null)
            PlainReport.Write(output, comparison, title, wide);
        else
            TerminalReport.Write(terminal, comparison, title, wide);
        return comparison;
    }

    public static Dataset BuiltIn()
    {
        using Stream csv = typeof(CompareCommand).Assembly.GetManifestResourceStream(BuiltInData)!;
        return Dataset.FromCsv(csv, BuiltInData, ["target"]);
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

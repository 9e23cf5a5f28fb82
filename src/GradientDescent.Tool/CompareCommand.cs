using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
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
        var epochs = new Option<int?>("--epochs")
        {
            Description = "Passes over the data for every optimizer; unset, BatchGD gets 10000 and the others 1000.",
            HelpName = "N",
            CustomParser = argument => WholeNumber(argument, minimum: 1),
        };
        var seed = new Option<long?>("--seed")
        {
            Description = "Fixes the order in which samples are drawn; 0 unless set.",
            HelpName = "N",
            CustomParser = argument => WholeNumber(argument, minimum: long.MinValue),
        };
        var wide = new Option<bool>("--wide") { Description = "Show batching, rate and epochs too." };
        var delimiter = new Option<char?>("--delimiter")
        {
            Description = "What stands between two fields, \\t for a tab; \",\" unless set.",
            HelpName = "CHAR",
            CustomParser = Delimiter,
        };
        var decimalSeparator = new Option<char?>("--decimal")
        {
            Description = "What stands before the decimals; \".\" unless set.",
            HelpName = "CHAR",
            CustomParser = DecimalSeparator,
        };

        var command = new Command("compare", "Train linear regression with all eight optimizers and compare them with the analytic optimum.") { file, target, epochs, seed, wide, delimiter, decimalSeparator };
        command.Validators.Add(result =>
        {
            string? path = result.GetResult(file) is { Tokens: [var first, ..] } ? first.Value : null;
            bool hasTarget = result.GetResult(target) is not null;
            if (path is "")
                result.AddError("FILE.csv is empty: give a file's name.");
            else if (path is not null && path.StartsWith('-'))
                result.AddError($"There is no option '{path}' (a file of that name is written ./{path}).");
            else if (path is not null && !hasTarget)
                result.AddError($"'{path}' needs --target COLUMN: which column is to be predicted?");
            else if (path is null && hasTarget)
                result.AddError("--target needs a FILE.csv.");
            else if (result.GetResult(delimiter) is null && result.GetResult(decimalSeparator) is { Tokens: [{ Value: "," }] })
                result.AddError("--decimal \",\" needs another --delimiter, such as --delimiter \";\".");
        });
        command.SetAction(parsed =>
        {
            var format = new CsvOptions
            {
                Delimiter = parsed.GetValue(delimiter) ?? ',',
                DecimalSeparator = parsed.GetValue(decimalSeparator) ?? '.',
            };
            string? path = parsed.GetValue(file);
            Dataset data = path is null ? BuiltIn() : Read(path, parsed.GetValue(target)!, format);
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
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a directory: give a CSV file.");
        try
        {
            return Dataset.FromCsv(path, target, format);
        }
        catch (ArgumentException e) // the arguments are checked by now: what is left is in the data
        {
            throw new InvalidDataException($"{Path.GetFileName(path)}: {e.Message}", e);
        }
    }

    private static T? WholeNumber<T>(ArgumentResult argument, T minimum) where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        string text = argument.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number) && number >= minimum)
            return number;
        string option = ((OptionResult)argument.Parent!).Option.Name;
        argument.AddError(FormattableString.Invariant($"{option} is '{text}': it must be a whole number from {minimum} to {T.MaxValue}."));
        return null;
    }

    private static char? Delimiter(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        if (text == "\\t")
            return '\t';
        if (text.Length == 1 && char.IsAscii(text[0]) && !char.IsLetterOrDigit(text[0]) && !"\"+-.\r\n".Contains(text[0], StringComparison.Ordinal))
            return text[0];
        argument.AddError($"--delimiter is '{text}': it must be one character, such as ; or | or \\t, that is in no number.");
        return null;
    }

    private static char? DecimalSeparator(ArgumentResult argument)
    {
        if (argument.Tokens[0].Value is "." or ",")
            return argument.Tokens[0].Value[0];
        argument.AddError($"--decimal is '{argument.Tokens[0].Value}': it must be . or a comma.");
        return null;
    }
}

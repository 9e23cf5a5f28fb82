using System.CommandLine;
using System.CommandLine.Parsing;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary><c>gd fit</c>: its arguments, and what is done with them.</summary>
internal sealed class FitCommand
{
    private const int DefaultEpochs = 1000;
    private const int LongestName = 30;

    private readonly Argument<string> _file = new(CsvFormat.FileName) { Description = "Data with column names in the first line; every column but the target is a feature." };
    private readonly Option<string> _target = new("--target") { Description = "The column to predict.", HelpName = "COLUMN", Required = true };
    private readonly Option<string?> _model = Arguments.Word(
        "--model", "MODEL", Target.Models, $"{string.Join(", ", Target.Models)}; unset, as the target suggests: numbers, 0 and 1, or labels.");
    private readonly Option<string?> _optimizer = Arguments.Word(
        "--optimizer", "NAME", Method.Optimizers, $"Trains with {string.Join(", ", Method.Optimizers)}. Unset, the best model is found without any setting. Ctrl-C ends either and keeps what was found.");
    private readonly Option<double?> _rate = Arguments.Number("--rate", rate => rate > 0, "greater than 0", "The optimizer's learning rate; unset, its usual one.");
    private readonly Option<string?> _schedule = Arguments.Word(
        "--schedule", "NAME", Method.Schedules, $"How the rate changes over the run: {string.Join(", ", Method.Schedules)} (a rise, then cosine); constant unless set.");
    private readonly Option<Batching?> _batch = new("--batch")
    {
        Description = "Samples an update sees, or full; unset, as the optimizer wants.",
        HelpName = "N",
        CustomParser = argument => Parsed(argument, Method.Batches(argument.Tokens[0].Value), "--batch", "a whole number from 1, or full"),
    };
    private readonly Option<int?> _epochs = Arguments.WholeNumber("--epochs", 1, "The most passes over the data; 1000 unless set.");
    private readonly Option<IPenalty?> _penalty = new("--penalty")
    {
        Description = "A price on large coefficients: l2=0.1, l1=0.1 (makes some exactly 0) or elastic=0.1 (half of each).",
        HelpName = "KIND=NUMBER",
        CustomParser = argument => Parsed(argument, Method.Penalty(argument.Tokens[0].Value), "--penalty", "l2, l1 or elastic, = and a number of at least 0, such as l2=0.1"),
    };
    private readonly Option<double?> _validate = Arguments.Number(
        "--validate", share => share is > 0 and < 1, "greater than 0 and less than 1", "Share of the samples to keep back and to measure the model on.");
    private readonly Option<long?> _seed = Arguments.WholeNumber("--seed", long.MinValue, "Fixes what is kept back and the order in which samples are drawn; 0 unless set.");
    private readonly Option<string?> _encode = Arguments.Word(
        "--encode", "onehot", ["onehot"], "Makes columns of 0 and 1 of a column of texts, which is refused otherwise. A saved model does the same in gd predict.");
    private readonly Option<string?> _missing = Arguments.Word(
        "--missing", "mean", ["mean"], "Puts the column's mean for missing numbers (empty, NA or NaN), which are refused otherwise. A saved model puts the same means in gd predict.");
    private readonly Option<string?> _save = new("--save") { Description = "Writes the model to a file for gd predict.", HelpName = "FILE.json" };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON, with every digit." };
    private readonly ReportFile _report = new();
    private readonly CsvFormat _csv = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd fit houses.csv --target price",
        "gd fit houses.csv --target price --validate 0.2 --save price.json",
        "gd fit houses.csv --target price --report report.html",
        "gd fit iris.csv --target species --json",
        "gd fit houses.csv --target price --encode onehot --missing mean \\",
        "    --save price.json",
        "gd fit houses.csv --target price --optimizer adam --rate 0.05 \\",
        "    --schedule cosine --batch 64 --epochs 200 --penalty l2=0.1",
        "gd fit haeuser.csv --target preis --delimiter \";\" --decimal \",\"",
    ];

    public static Command Create(TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        var fit = new FitCommand();
        var command = new Command("fit", "Fit a linear model to a CSV file: coefficients, how good it is, and why the run ended.")
        {
            fit._file, fit._target, fit._model, fit._validate, fit._save, fit._json, fit._encode, fit._missing,
            fit._optimizer, fit._rate, fit._schedule, fit._batch, fit._epochs, fit._penalty, fit._seed,
        };
        fit._report.AddTo(command);
        fit._csv.AddTo(command);
        command.Validators.Add(fit.Check);
        command.SetAction(parsed => fit.Run(parsed, output, error, terminal));
        return command;
    }

    private void Check(CommandResult result)
    {
        if (result.TextOf(_file) is { } path && Arguments.Complaint(CsvFormat.FileName, path) is { } complaint)
            result.AddError(complaint);
        if (result.TextOf(_save) is { } save)
        {
            if (Arguments.Complaint("--save", save) is { } wrong)
                result.AddError(wrong);
            else if (result.TextOf(_file) is { } data && Path.GetFullPath(data) == Path.GetFullPath(save))
                result.AddError($"--save is '{save}', the data itself: it would be lost.");
        }

        if (result.TextOf(_optimizer) is not { } name)
        {
            foreach (Option option in new Option[] { _rate, _schedule, _batch, _epochs, _penalty }.Where(option => result.GetResult(option) is not null))
                result.AddError($"{option.Name} needs --optimizer: without one, the best model is found without any setting.");
        }
        else if (Method.Optimizers.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } optimizer
            && Method.Optimizer(optimizer, null).Batching.IsFull && result.TextOf(_batch) is { } batch && Method.Batches(batch) is { IsFull: false })
        {
            result.AddError($"--batch is {batch}: {optimizer} uses full batches only.");
        }

        _report.Check(result, _file, _save);
        _csv.Check(result);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        string path = parsed.GetValue(_file)!;
        string? save = parsed.GetValue(_save);
        bool isJson = parsed.GetValue(_json);
        if (save is not null)
            Arguments.RequireFolder("--save", save); // before, not after, the work
        string? page = _report.Of(parsed);
        CsvOptions format = _csv.Of(parsed);
        IAnsiConsole? stage = isJson ? null : terminal;
        Arguments.RefuseDirectory(path, "CSV file");
        CsvTable table = FitProgress.Show(stage, "reading", () => CsvTable.Read(path, format));
        string targetName = parsed.GetValue(_target)!;
        var target = Target.Of(table, targetName, parsed.GetValue(_model));
        if (target.Why is not null && CsvHint.NumberWrittenOtherwise(target.Labels, format.DecimalSeparator) is { } number)
            throw new InvalidDataException($"{table.Source}, column '{target.Name}': '{TextLayout.Shown(number)}' is no number written with '{format.DecimalSeparator}' and without marks between thousands; --model softmax takes it as a label.");
        if (target.Why is not null)
            error.WriteLine($"gd: {target.Model} model, as '{TextLayout.Clip(TextLayout.OneLine(target.Name), LongestName)}' {target.Why}.");
        var features = Features.Of(table.Without(targetName), parsed.GetValue(_encode) is not null, parsed.GetValue(_missing) is not null);

        FitSettings settings = Settings(parsed);
        var log = new TrainingLog();
        if (page is not null)
            settings = settings with { Options = settings.Options with { Observers = [log] } };
        using var interrupt = new Interrupt(stage);
        Fitted fitted = Fit(table.Source, features, target, settings, stage, interrupt.Token);
        string method = settings.Optimizer is { } optimizer ? FormattableString.Invariant($"{settings.Name}, rate {optimizer.LearningRate}") : settings.Name;
        int samples = fitted.Training.SampleCount + (fitted.Validation?.SampleCount ?? 0);
        var report = new FitReport(fitted, $"{TextLayout.OneLine(table.Source)}: {Figures.Counted(samples, "sample")}; {target.Model} model of {TextLayout.OneLine(target.Name)}, {method}", features.Notes);
        if (isJson)
            FitJson.Write(output, report, save, page);
        else if (terminal is null)
            report.Write(output);
        else
            report.Write(terminal);
        if (fitted.Result.Reason == StopReason.Diverged)
            error.WriteLine("gd: the run diverged; the model is the best that it met.");
        if (save is not null)
        {
            fitted.Save(save);
            if (!isJson)
                error.WriteLine($"gd: saved as '{TextLayout.OneLine(save)}'.");
        }

        if (page is not null)
            ReportFile.Write(FitPage.Of(report, settings, log.Reports, parsed), page, error);
        return fitted.Result.Reason == StopReason.Cancelled ? CommandLine.Interrupted : CommandLine.Success;
    }

    private FitSettings Settings(ParseResult parsed) => new(
        parsed.GetValue(_optimizer) is { } name ? Method.Optimizer(name, parsed.GetValue(_rate)) : null,
        new TrainingOptions
        {
            MaxEpochs = parsed.GetValue(_epochs) ?? DefaultEpochs,
            Schedule = Method.Schedule(parsed.GetValue(_schedule) ?? "constant"),
            Batching = parsed.GetValue(_batch),
            Seed = parsed.GetValue(_seed) ?? 0,
        },
        new FitOptions { Penalty = parsed.GetValue(_penalty) },
        parsed.GetValue(_validate));

    private static Fitted Fit(string source, Features features, Target target, FitSettings settings, IAnsiConsole? terminal, CancellationToken cancellation)
    {
        try
        {
            return terminal is null || settings.Optimizer is null
                ? FitProgress.Show(terminal, "fitting", () => Fitted.Fit(features, target, settings, cancellation))
                : FitProgress.Show(terminal, progress => Fitted.Fit(features, target, settings with { Options = settings.Options with { Progress = progress } }, cancellation));
        }
        catch (ArgumentException e) // the arguments are checked by now: what is left is in the data
        {
            throw new InvalidDataException($"{source}: {Arguments.MessageOf(e)}", e);
        }
    }

    private static T Parsed<T>(ArgumentResult argument, T value, string name, string allowed)
    {
        if (value is null)
            argument.AddError($"{name} is '{argument.Tokens[0].Value}': it must be {allowed}.");
        return value;
    }
}

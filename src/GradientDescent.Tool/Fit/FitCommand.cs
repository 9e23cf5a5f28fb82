using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd fit</c>.</summary>
internal sealed class FitCommand
{
    public const string Name = "fit";

    private const int MaxNameLength = 30;
    private const long LargeFileBytes = 1 << 26;

    private readonly DataArguments _data = new();
    private readonly Option<string?> _model = Arguments.Word(
        "--model", "MODEL", TargetColumn.Models,
        $"{string.Join(", ", TargetColumn.Models)}. "
        + "Default: logistic for two different values; otherwise linear for numbers, softmax for text.");
    private readonly Option<string?> _positive = new("--positive")
    {
        Description = "Which of two labels is the positive class of a logistic model, the one whose probability it gives. Default: yes, y, "
            + "true, t, 1, positive or pos, or the opposite of no, n, false, f, 0, negative or neg; otherwise the second in order.",
        HelpName = "LABEL",
    };
    private readonly Option<string?> _save = new("--save")
    {
        Description = "Writes the model to a file for gd predict, or for ONNX Runtime if its name ends with .onnx.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _json = new("--json") { Description = "Prints JSON with all digits." };
    private readonly TrainingArguments _training = new();
    private readonly ReportOption _report = new();
    private readonly HistoryOptions _history = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd fit houses.csv --target price",
        "gd fit houses.csv --target price --validate 0.2 --save price.json",
        "gd fit houses.csv --target price --report report.html",
        "gd fit iris.csv --target species --json",
        "gd fit houses.csv --target price --auto --save price.json",
        "gd fit houses.csv --target price --history runs.db --tag team=pricing",
        "gd fit houses.csv --target price --drop id,street --encode onehot \\",
        "    --as zip=category --as sold=days+month --missing median",
        "gd fit mails.csv --target spam --as body=words --save spam.json",
        "gd fit houses.csv --target price --optimizer adam --rate 0.05 \\",
        "    --schedule cosine --batch 64 --epochs 200 --penalty l2=0.1",
        "gd fit clicks.svm --optimizer adagrad --epochs 20",
        "gd fit haeuser.csv --target preis --delimiter \";\" --decimal \",\"",
    ];

    public static Command Create(TextWriter output, TextWriter error, IAnsiConsole? terminal, ICollective? ranks)
    {
        var fit = new FitCommand();
        var command = new Command(
            Name, "Fit a linear, logistic or softmax model to a file and print its coefficients, its errors and why the run ended.");
        fit._data.AddFileTo(command);
        foreach (Option option in new Option[] { fit._model, fit._positive, fit._save, fit._json })
            command.Add(option);
        fit._training.AddTo(command);
        fit._report.AddTo(command);
        fit._history.AddTo(command);
        fit._data.AddColumnsTo(command);
        command.Validators.Add(fit.Check);
        command.SetAction(parsed => fit.Run(parsed, output, error, terminal, ranks));
        return command;
    }

    private void Check(CommandResult result)
    {
        _data.Check(result);
        CheckSave(result);
        _training.Check(result);
        _report.Check(result, _data.File, _save);
        _history.Check(result, _data.File, _save, _report.Option);
    }

    private void CheckSave(CommandResult result)
    {
        if (result.TextOf(_save) is not { } save)
            return;
        if (Arguments.PathProblem("--save", save) is { } problem)
            result.AddError(problem);
        else if (result.NamesSameFile(_data.File, save))
            result.AddError($"--save is '{save}', the data file: it would be overwritten.");
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error, IAnsiConsole? terminal, ICollective? ranks)
    {
        bool isJson = parsed.GetValue(_json);
        string? save = parsed.GetValue(_save), page = _report.Of(parsed), history = _history.Of(parsed);
        if (save is not null)
        {
            Arguments.RefuseDirectory(save, "file to write");
            Arguments.RequireFolder("--save", save);
        }

        IAnsiConsole? progressTerminal = isJson ? null : terminal;
        FitSettings settings = _training.Of(parsed) with { Ranks = ranks };
        TrainingData data = Data(parsed, settings, error, progressTerminal);
        if (save is not null && FittedModel.IsOnnx(save))
            EncodedFeatures.RequireOnnx(data.Data.Encoding);
        if (GC.GetTotalMemory(forceFullCollection: false) > LargeFileBytes)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive); // returns the memory of the text, because the fit needs as much
        var log = new TrainingLog();
        settings = settings.For(data, out string? choice);
        if (choice is not null)
            error.WriteLine($"gd: {choice}");
        if (page is not null)
            settings = settings with { Options = settings.Options with { Observers = [log], MeasureFullLoss = true } };
        using var interrupt = new Interrupt(progressTerminal);
        FittedModel fitted = Fit(data, settings, progressTerminal, interrupt.Token);
        int exitCode = fitted.Result.Reason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Success;
        if (ranks is { Rank: > 0 })
            return exitCode; // rank 0 reports
        var report = FitReport.Of(fitted, data.Source, settings, data.Notes);
        if (isJson)
            FitJson.Write(output, report, save, page);
        else if (terminal is null)
            report.Write(output);
        else
            report.Write(terminal);
        if (fitted.Result is { Reason: StopReason.Diverged, BestStep: var best })
        {
            string model = best == 0 ? "start: no step was better" : "best one that was found";
            error.WriteLine($"gd: the run diverged; the model is the {model}.");
        }
        else if (fitted.Result.Diagnosis is { } diagnosis)
            error.WriteLine($"gd: {TextLayout.OneLine(diagnosis)}");
        if (save is not null)
        {
            fitted.Save(save, CsvFormatOptions.Of(parsed));
            if (!isJson)
                error.WriteLine($"gd: the model was saved as '{TextLayout.OneLine(save)}'.");
        }

        if (page is not null)
            ReportOption.Write(FitPage.Of(report, settings, log.Reports, parsed), page, error);
        if (history is not null)
            AddTo(history, fitted, data.Source, settings, save, parsed, error);
        return exitCode;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // a fit without a history does not load the package
    private void AddTo(
        string history, FittedModel fitted, string source, FitSettings settings, string? save, ParseResult parsed, TextWriter error) =>
        _history.Add(parsed, history, () => FitRecord.Of(fitted, source, settings, save), error);

    /// <summary>Reads the file, and prints which model the target has chosen and why, if the user named none.</summary>
    private TrainingData Data(ParseResult parsed, FitSettings settings, TextWriter error, IAnsiConsole? terminal)
    {
        TrainingData data = ProgressDisplay.Show(terminal, "reading", () => _data.Read(
            parsed, parsed.GetValue(_model), parsed.GetValue(_positive), target => FittedModel.TrainingRows(target, settings)))!;
        if (data.Target is { Reason: { } reason, Model: var model })
        {
            string name = TextLayout.Clip(TextLayout.OneLine(data.Target.Name), MaxNameLength);
            error.WriteLine($"gd: {model} model, because '{name}' {reason}.");
        }

        return data;
    }

    private static FittedModel Fit(TrainingData data, FitSettings settings, IAnsiConsole? terminal, CancellationToken cancellation)
    {
        return Arguments.OnData(data.Source, () => terminal is null || settings.Optimizer is null
            ? ProgressDisplay.Show(terminal, "fitting", () => FittedModel.Fit(data.Data, data.Target, settings, cancellation))
            : ProgressDisplay.ShowTraining(terminal, progress => FittedModel.Fit(
                data.Data, data.Target, settings with { Options = settings.Options with { Progress = progress } }, cancellation)));
    }
}

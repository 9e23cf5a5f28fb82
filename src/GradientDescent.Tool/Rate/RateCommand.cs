using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using GradientDescent.Reporting;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>The command <c>gd rate</c>.</summary>
internal sealed class RateCommand
{
    private const string DefaultOptimizer = "adam";
    private const int ShownRates = 15;

    private static readonly ImmutableArray<string> _optimizers =
        [.. TrainingCatalog.Optimizers.Where(name => TrainingCatalog.Optimizer(name, null).HasLearningRate)];

    private readonly DataArguments _data = new();
    private readonly Option<string?> _model = Arguments.Word(
        "--model", "MODEL", TargetColumn.Models, $"{string.Join(", ", TargetColumn.Models)}. Default: as gd fit chooses it.");
    private readonly Option<string?> _optimizer = Arguments.Word(
        "--optimizer", "NAME", _optimizers, $"The optimizer whose rates are tested. Default: {DefaultOptimizer}.");
    private readonly Option<double?> _min = Arguments.Number(
        "--min", rate => rate > 0, "greater than 0", "Rate of the first step. Default: 1e-06.");
    private readonly Option<double?> _max = Arguments.Number(
        "--max", rate => rate > 0, "greater than 0", "Rate of the last step. Default: 10.");
    private readonly Option<int?> _steps = Arguments.WholeNumber("--steps", 2, "Number of steps. Default: 100.");
    private readonly Option<int?> _batch = Arguments.WholeNumber("--batch", 1, "Samples per step. Default: that of the optimizer.");
    private readonly Option<long?> _seed = Arguments.WholeNumber(
        "--seed", long.MinValue, "Seed for the order of the samples. Default: 0.");
    private readonly ReportOption _report = new();

    public static IReadOnlyList<string> Examples { get; } =
    [
        "gd rate houses.csv --target price",
        "gd rate houses.csv --target price --optimizer momentum --max 1",
        "gd rate houses.csv --target price --report rates.html",
    ];

    public static Command Create(TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        var rate = new RateCommand();
        var command = new Command(
            "rate", "Find a learning rate for gd fit --optimizer: a short run whose rate grows shows which rates are stable.");
        rate._data.AddFileTo(command);
        foreach (Option option in new Option[]
            { rate._model, rate._optimizer, rate._min, rate._max, rate._steps, rate._batch, rate._seed })
        {
            command.Add(option);
        }

        rate._report.AddTo(command);
        rate._data.AddColumnsTo(command);
        command.Validators.Add(rate.Check);
        command.SetAction(parsed => rate.Run(parsed, output, error, terminal));
        return command;
    }

    private RateRangeOptions Options(ParseResult parsed)
    {
        var defaults = new RateRangeOptions();
        return new()
        {
            Min = parsed.GetValue(_min) ?? defaults.Min,
            Max = parsed.GetValue(_max) ?? defaults.Max,
            Steps = parsed.GetValue(_steps) ?? defaults.Steps,
            Batching = parsed.GetValue(_batch) is { } size ? Batching.Mini(size) : null,
            Seed = parsed.GetValue(_seed) ?? 0,
        };
    }

    private void Check(CommandResult result)
    {
        _data.Check(result);
        _report.Check(result, _data.File);
    }

    private int Run(ParseResult parsed, TextWriter output, TextWriter error, IAnsiConsole? terminal)
    {
        string? page = _report.Of(parsed);
        RateRangeOptions options = Options(parsed);
        if (options.Max <= options.Min)
        {
            error.WriteLine(FormattableString.Invariant($"gd: --max is {options.Max}: it must be greater than --min, {options.Min}."));
            return ExitCode.WrongUsage;
        }

        TrainingData data = _data.Read(parsed, parsed.GetValue(_model))!;
        string name = parsed.GetValue(_optimizer) ?? DefaultOptimizer;
        using var interrupt = new Interrupt(terminal);
        LearningRateRange test = Arguments.OnData(data.Source, () => LearningRateRange.Run(
            TrainingCatalog.Optimizer(name, null), FittedModel.NewModel(data.Target), data.Data, options: options,
            cancellationToken: interrupt.Token));
        foreach (string note in data.Notes)
            error.WriteLine($"gd: {note}");
        Write(output, test, name);
        if (page is not null)
        {
            Report report = new Report($"Learning rates of {test.Optimizer} on {TextLayout.OneLine(data.Source)}")
            {
                Notes = [PageText.CommandOf(parsed), $"{test}"],
            }.Add("Rate range test", Charts.LearningRateRange((test.Optimizer, test)));
            ReportOption.Write(report, page, error);
        }

        return ExitCode.Success;
    }

    private static void Write(TextWriter output, LearningRateRange test, string name)
    {
        int every = Math.Max(1, (test.Rates.Length + ShownRates - 1) / ShownRates);
        int[] shown = [.. Enumerable.Range(0, test.Rates.Length).Where(i => i % every == 0 || i == test.Rates.Length - 1)];
        TextTable.Write(output,
        [
            new("rate", true, [.. shown.Select(i => NumberText.Cell(test.Rates[i], "G3"))]),
            new("smoothed loss", true, [.. shown.Select(i => NumberText.Cell(test.SmoothedLosses[i], "G6"))]),
        ]);
        output.WriteLine();
        TextLayout.WriteWrapped(output, $"{test}");
        if (test.Suggested is { } rate)
            TextLayout.WriteWrapped(output, FormattableString.Invariant($"gd fit --optimizer {name} --rate {rate:G3} --schedule cosine"));
    }
}

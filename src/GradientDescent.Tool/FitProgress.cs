using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>A run's state on a terminal while it lasts: loss, rate, and the time that is left.</summary>
internal static class FitProgress
{
    public static Fitted Show(IAnsiConsole terminal, Func<IProgress<TrainingReport>, Fitted> fit) => terminal
        .Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn { Alignment = Justify.Left },
            new ProgressBarColumn { Width = 20 },
            new PercentageColumn(),
            new RemainingTimeColumn())
        .Start(context =>
        {
            ProgressTask bar = context.AddTask("training");
            return fit(new Reporter(report =>
            {
                double loss = double.IsNaN(report.EpochLoss) ? report.Loss : report.EpochLoss;
                bar.Description = FormattableString.Invariant($"loss {Figures.Loss(loss)}  rate {report.LearningRate:G3}");
                bar.Value = report.PlannedSteps is { } planned and > 0 ? bar.MaxValue * report.Step / planned : 0;
            }));
        });
}

using System.Runtime.InteropServices;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>What a terminal shows while the user waits.</summary>
internal static class FitProgress
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(300);

    /// <summary>What is done and for how long, where there is no telling how much is left; nothing if it is soon over.</summary>
    public static T Show<T>(IAnsiConsole? terminal, string what, Func<T> work)
    {
        if (terminal is null)
            return work();
        Task<T> task = Task.Run(work);
        if (Task.WaitAny([task], _patience) < 0)
        {
            using var ended = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => terminal.Cursor.Show()); // else it would stay hidden
            terminal
                .Progress()
                .AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn())
                .Start(context =>
                {
                    context.AddTask(what);
                    return Task.WaitAny(task);
                });
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>A run's loss and rate, and the time that is left.</summary>
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

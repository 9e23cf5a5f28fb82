using System.Runtime.InteropServices;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>What a terminal shows while the user waits.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan _delay = TimeSpan.FromMilliseconds(300);

    /// <summary>Shows a spinner and the elapsed time for work of unknown length. Work that ends within 0.3 s shows nothing.</summary>
    /// <param name="terminal">The terminal to draw on, or <see langword="null"/> to show nothing.</param>
    /// <param name="name">The name of the work.</param>
    /// <param name="work">The work to run.</param>
    public static T Show<T>(IAnsiConsole? terminal, string name, Func<T> work)
    {
        if (terminal is null)
            return work();
        Task<T> task = Task.Run(work);
        if (Task.WaitAny([task], _delay) < 0)
        {
            // The display hides the cursor; an interrupted program must show it again.
            using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => terminal.Cursor.Show());
            terminal
                .Progress()
                .AutoClear(true)
                .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn())
                .Start(context =>
                {
                    context.AddTask(name);
                    return Task.WaitAny(task);
                });
        }

        return task.GetAwaiter().GetResult();
    }

    /// <summary>Shows the loss, the learning rate and the remaining time of a training run.</summary>
    /// <param name="terminal">The terminal to draw on.</param>
    /// <param name="train">Trains and reports its progress.</param>
    public static T ShowTraining<T>(IAnsiConsole terminal, Func<IProgress<TrainingReport>, T> train) => terminal
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
            return train(new SynchronousProgress(report =>
            {
                double loss = double.IsNaN(report.EpochLoss) ? report.Loss : report.EpochLoss;
                bar.Description = FormattableString.Invariant($"loss {NumberText.Loss(loss)}  rate {report.LearningRate:G3}");
                bar.Value = report.PlannedSteps is { } planned and > 0 ? bar.MaxValue * report.Step / planned : 0;
            }));
        });
}

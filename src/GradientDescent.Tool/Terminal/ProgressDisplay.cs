using System.Runtime.InteropServices;
using Spectre.Console;

namespace GradientDescent.Tool;

/// <summary>Shows the progress of long operations on a terminal.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan _delay = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Shows a spinner and the elapsed time during work of unknown duration. Nothing is shown if the work ends within 0.3 s.
    /// </summary>
    /// <param name="terminal">The terminal to draw on, or <see langword="null"/> to show nothing.</param>
    /// <param name="name">The name to show.</param>
    /// <param name="work">The function to run.</param>
    public static T Show<T>(IAnsiConsole? terminal, string name, Func<T> work)
    {
        if (terminal is null)
            return work();
        Task<T> task = Task.Run(work);
        if (Task.WaitAny([task], _delay) < 0)
        {
            // The display hides the cursor. It must be shown again if the program is interrupted.
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
    /// <param name="train">The function that trains and reports its progress.</param>
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

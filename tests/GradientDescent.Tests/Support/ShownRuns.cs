using GradientDescent.Reporting;

namespace GradientDescent.Tests.Support;

/// <summary>Runs with given histories, to be shown in charts.</summary>
internal static class ShownRuns
{
    /// <summary>A run of mini-batches whose epochs had these losses, two steps in each epoch.</summary>
    public static ReportRun Of(string name, params double[] losses) => new(name, new TrainingResult
    {
        Steps = 2 * losses.Length,
        Epochs = losses.Length,
        History = [.. losses.Select((loss, i) => new EpochRecord { Epoch = i, Step = 2 * i, Loss = loss, LearningRate = 0.1 })],
    });

    /// <summary>A real run on Rosenbrock's valley with its reports and its path.</summary>
    public static (ReportRun Run, Trajectory Path) InAValley(string name, IOptimizer optimizer, int steps = 50)
    {
        var log = new TrainingLog();
        TrainingRun run = new Trainer(optimizer, new TrainingOptions { MaxSteps = steps, Observers = [log] })
            .CreateRun(TestFunctions.Rosenbrock, [-1.2, 1]);
        var path = Trajectory.From(name, run);
        return (new(name, run.Result) { Settings = "rate 0.01", Seed = 17, Reports = log.Reports }, path);
    }
}

using GradientDescent;
using GradientDescent.Tests.Support;

// A job that can be killed at any moment: started again with the same file it goes on. Prints a hash of everything it found.
string checkpoint = args[0];
Dataset data = Dataset.From(
    [.. Enumerable.Range(0, 300).Select(i => Enumerable.Range(0, 6).Select(j => Math.Sin(7 * i + 5 * j)).ToArray())],
    [.. Enumerable.Range(0, 300).Select(i => i % 3.0)]);
var options = new TrainingOptions
{
    MaxEpochs = 60,
    Batching = Batching.Mini(4),
    AccumulationSteps = 2,
    EarlyStopping = new(50),
    Schedule = new ReduceOnPlateau(0.5, patience: 3),
    GradientTransforms = [GradientClipping.ByNorm(0.5)],
    Recovery = new(),
    CheckpointFile = checkpoint,
    CheckpointEvery = Horizon.Steps(7), // in the middle of epochs of 30 updates
    ResumeIfPresent = checkpoint,
    Observers = [new Sleeper()],
};
var fitOptions = new FitOptions { Validation = Validation.HoldOut(0.2) };
Console.WriteLine(ResultHash.Of(new Trainer(new AveragedOptimizer(new Adam(0.05), WeightAveraging.Polyak(Horizon.Epochs(3))), options)
    .Fit(new SoftmaxRegression(3), data, options: fitOptions)));

/// <summary>Makes the run long enough to be killed.</summary>
internal sealed class Sleeper : ITrainingObserver
{
    public void Observe(in TrainingReport report)
    {
        if (report.Step % 5 == 0)
            Thread.Sleep(1);
    }
}

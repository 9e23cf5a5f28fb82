namespace GradientDescent;

/// <summary>Makes runs: an optimizer of its own for each, the limits, and the checkpoints to write and to continue.</summary>
/// <param name="optimizer">The optimizer to copy.</param>
/// <param name="options">The options of the runs.</param>
internal sealed class RunFactory(IOptimizer optimizer, TrainingOptions options)
{
    private const long DefaultFitEpochs = 1000;
    private const long DefaultMinimizeSteps = 10_000;
    private const double DefaultGradientTolerance = 1e-6;

    /// <summary>What every run has; the caller adds what its kind of run has.</summary>
    public RunSettings Prepare(TrainingProblem problem, double[] start, bool isFit, CancellationToken cancellationToken)
    {
        IOptimizer own = optimizer.CreateNew()
            ?? throw new InvalidOperationException($"{optimizer.GetType().Name}.CreateNew returned null.");
        if (own is IThreadedOptimizer threaded)
            threaded.UseThreads(options.MaxDegreeOfParallelism, options.ParallelThreshold ?? Optimizer.DefaultParallelThreshold);
        bool isUnlimited = options.HasNoLimit;
        return new RunSettings
        {
            Problem = problem,
            Optimizer = own,
            Options = options,
            Limits = new Limits(
                isUnlimited && !isFit ? DefaultMinimizeSteps : options.MaxSteps,
                isUnlimited && isFit ? DefaultFitEpochs : options.MaxEpochs,
                options.MaxSamples,
                options.GradientTolerance
                    ?? (problem.IsFull && options.RelativeGradientTolerance is null ? DefaultGradientTolerance : null)),
            Start = start,
            Cancellation = cancellationToken,
        };
    }

    /// <summary>Makes the loop, with the checkpoint that it writes and the one that it continues.</summary>
    public TrainingRun Create(FitProblem? fit, RunSettings settings)
    {
        // An optimizer of a user's own that cannot be saved says so before the work, not after it.
        string algorithm = settings.Optimizer.GetState().Algorithm;
        if (options.CheckpointFile is { } path)
            CheckpointWriter.RequirePlace(path);
        string? resumed = options.ResumeFrom ?? (File.Exists(options.ResumeIfPresent) ? options.ResumeIfPresent : null);
        RunIdentity identity = new();
        if (resumed is not null || options.CheckpointFile is not null)
        {
            identity.Add("optimizer", algorithm);
            identity.Add("number of parameters", settings.Start.Length);
            identity.Add("direction", settings.Direction.Maximize ? "up" : "down");
            fit?.AddTo(identity);
            settings.Problem.AddTo(identity);
        }

        var loop = new TrainingLoop(settings with
        {
            Checkpoints = options.CheckpointFile is { } file ? new CheckpointWriter(file, options.CheckpointEvery, identity) : null,
        });
        if (loop.HasFrozenParameters && fit is { Scaling: not FeatureScaling.None })
            throw Guard.Invalid(
                nameof(FitOptions.Scaling),
                $"Scaling is {fit.Scaling}: it would change the frozen parameters in the units of the data; use FeatureScaling.None.");
        if (resumed is not null)
            CheckpointWriter.Resume(resumed, identity, loop);
        return new TrainingRun(loop, fit);
    }
}

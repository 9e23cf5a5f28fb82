using System.Diagnostics;
using System.Security.Cryptography;

namespace GradientDescent;

/// <summary>Creates runs. Each run has its own optimizer, its limits, and the checkpoints to write and to continue from.</summary>
/// <param name="optimizer">The optimizer; each run uses a new one with the same settings.</param>
/// <param name="options">The options of the runs.</param>
internal sealed class RunFactory(IOptimizer optimizer, TrainingOptions options)
{
    private const long DefaultFitEpochs = 1000;
    private const long DefaultMinimizeSteps = 10_000;
    private const double DefaultTolerance = 1e-6;

    // Solvers that use curvature reach it in a few more steps, and functions with a flat minimum need it.
    private const double RateFreeTolerance = 1e-8;

    /// <summary>Returns the settings that all kinds of runs have; the caller adds the settings of its kind of run.</summary>
    public RunSettings Prepare(TrainingProblem problem, double[] start, bool isFit, CancellationToken cancellationToken)
    {
        IOptimizer own = optimizer.CreateNew()
            ?? throw new InvalidOperationException($"{optimizer.GetType().Name}.CreateNew returned null.");
        if (own is IThreadedOptimizer threaded)
            threaded.UseThreads(options.MaxDegreeOfParallelism, options.ParallelThreshold ?? Optimizer.DefaultParallelThreshold);
        bool isUnlimited = options.HasNoLimit, isMeasured = problem.Objective is IMeasuredSum;
        if (options.StandardErrorTolerance is not null && !isMeasured)
            throw Guard.Invalid(
                nameof(TrainingOptions.StandardErrorTolerance),
                $"StandardErrorTolerance is {options.StandardErrorTolerance}: only the loss of a model on data has standard errors; use " +
                $"GradientTolerance.");
        double? tolerance = problem.IsFull && options.HasNoGradientTest ? DefaultTolerance : null;
        double? norm = tolerance is null || own.HasLearningRate ? tolerance : RateFreeTolerance;
        problem.Penalty?.Project(start);
        return new RunSettings
        {
            Problem = problem,
            Optimizer = own,
            Options = options,
            Limits = new Limits(
                isUnlimited && !isFit ? DefaultMinimizeSteps : options.MaxSteps,
                isUnlimited && isFit ? DefaultFitEpochs : options.MaxEpochs,
                options.MaxSamples,
                options.GradientTolerance ?? (isMeasured ? null : norm),
                options.StandardErrorTolerance ?? (isMeasured ? tolerance : null)),
            Start = start,
            Cancellation = cancellationToken,
        };
    }

    /// <summary>Creates a run with the checkpoint that it writes, and restores the checkpoint that it continues from.</summary>
    /// <param name="fit">The fit that the run belongs to, or <see langword="null"/>.</param>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="hint">Looks at a converged result for what its user should know.</param>
    public TrainingRun Create(FitProblem? fit, RunSettings settings, Func<TrainingResult, string?>? hint = null)
    {
        // GetState of a custom optimizer may throw. The call here makes that happen before the first step, not after the last.
        string algorithm = settings.Optimizer.GetState().Algorithm;
        ICollective? ranks = settings.Problem.Collective;
        bool ownsFiles = ranks is not { Rank: > 0 };
        if (ranks is not null)
            RequireAgreement(ranks, settings);
        if (options.CheckpointFile is { } path)
            CheckpointWriter.RequirePlace(path, ranks);
        string? resumed = options.ResumeFrom;
        if (options.ResumeIfPresent is { } maybe && ranks.Any(ownsFiles && File.Exists(maybe)))
            resumed = maybe;
        RunIdentity identity = new();
        if (resumed is not null || options.CheckpointFile is not null)
        {
            identity.Add("optimizer", algorithm);
            identity.Add("number of parameters", settings.Start.Length);
            identity.Add("direction", settings.Direction.Maximize ? "up" : "down");
            fit?.AddTo(identity);
            settings.Problem.AddTo(identity);
        }

        TagList tags = Telemetry.TagsOf(options.RunName, algorithm, fit?.ModelName);
        var loop = new TrainingLoop(settings with
        {
            Tags = tags,
            Checkpoints = options.CheckpointFile is { } file && ownsFiles
                ? new CheckpointWriter(file, options.CheckpointEvery, identity)
                : null,
        });
        if (loop.HasFrozenParameters && fit is { Scaling: not FeatureScaling.None })
            throw Guard.Invalid(
                nameof(FitOptions.Scaling),
                $"Scaling is {fit.Scaling}: it would change the frozen parameters in the units of the data; use FeatureScaling.None.");
        if (resumed is not null)
            CheckpointWriter.Resume(resumed, identity, loop, ranks);
        return new TrainingRun(loop, fit, tags) { Hint = hint };
    }

    /// <summary>Throws on all ranks if a rank has other settings: steps that differ would not be noticed later.</summary>
    private void RequireAgreement(ICollective ranks, RunSettings settings)
    {
        ranks.RequireEqual("optimizer", $"{settings.Optimizer}");
        ranks.RequireEqual("options", $"{options}, checkpoints {(options.CheckpointFile is null ? "off" : "on")}, resume from " +
            (options.ResumeFrom is not null ? "a file" : options.ResumeIfPresent is not null ? "a file if present" : "none"));
        ranks.RequireEqual("objective", $"{settings.Problem.Objective}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendNumbers<double>(settings.Start);
        ranks.RequireEqual("initial parameters", $"SHA-256 {Convert.ToHexStringLower(hash.GetHashAndReset())}");
    }
}

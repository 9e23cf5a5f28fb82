using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>
/// How a <see cref="Trainer"/> runs. Every setting has a default; a run is fixed by optimizer, options and data, bit for bit.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions
/// {
///     Batching = Batching.Of(64),
///     MaxEpochs = 200,
///     Schedule = new WarmUp(Horizon.Epochs(1)).Then(new CosineDecay(Horizon.Fraction(1))),
///     EarlyStopping = new(patience: 20),
///     Clipping = GradientClipping.ByNorm(10),
///     Seed = 1,
/// };
/// TrainingResult result = new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);   // NoImprovement
/// </code></example>
public sealed record TrainingOptions
{
    /// <summary>The most updates (T), at least 0. No limit of any kind set: no limit here for a fit, 10,000 for a minimisation.</summary>
    public long? MaxSteps { get; init => field = AtLeastZero(value); }

    /// <summary>
    /// The most passes over the data, at least 0. No limit of any kind set: 1000 for a fit, no limit here for a minimisation.
    /// </summary>
    public long? MaxEpochs { get; init => field = AtLeastZero(value); }

    /// <summary>
    /// The most samples that steps may evaluate, at least 0: the run ends at the first step at which they are reached. An objective without
    /// samples refuses it.
    /// </summary>
    public long? MaxSamples { get; init => field = AtLeastZero(value); }

    /// <summary>The longest wall time, greater than 0; looked at before each update. A run that it ends is not repeatable.</summary>
    public TimeSpan? MaxTime
    {
        get; init =>
        field = value is null || value > TimeSpan.Zero ? value : throw Guard.OutOfRange(nameof(MaxTime), value, "greater than 00:00:00");
    }

    /// <summary>
    /// eps: the run has converged when the Euclidean norm of the full gradient, of the problem as optimised and before any clipping, is at
    /// most this; at least 0. Unset: 1e-6 for full batches, and no such test for mini-batches, where it costs one pass over the data at the
    /// start of each epoch.
    /// </summary>
    public double? GradientTolerance { get; init => field = NonNegative(value); }

    /// <summary>
    /// As <see cref="GradientTolerance"/>, as a share of the first full gradient's norm; at least 0. Unset: no such test.
    /// </summary>
    public double? RelativeGradientTolerance { get; init => field = NonNegative(value); }

    /// <summary>
    /// The run ends as <see cref="StopReason.ParametersSettled"/> when an epoch moved the parameters by at most this times their norm; at
    /// least 0. Unset: no such test.
    /// </summary>
    public double? ParameterTolerance { get; init => field = NonNegative(value); }

    /// <summary>
    /// The run ends as <see cref="StopReason.LossSettled"/> when the epoch's loss differs from that of <see cref="LossWindow"/> epochs
    /// before by at most this times the larger of the two; at least 0. Unset: no such test.
    /// </summary>
    public double? LossTolerance { get; init => field = NonNegative(value); }

    /// <summary>Epochs between the two losses of <see cref="LossTolerance"/>, at least 1.</summary>
    public int LossWindow { get; init => field = Guard.AtLeast(value, 1, nameof(LossWindow)); } = 10;

    /// <summary>
    /// The run ends as <see cref="StopReason.TargetReached"/> when the loss over all samples, in the user's units, is at most this (when
    /// maximising: at least). Finite. With mini-batches it is evaluated when an epoch's mean has reached the target.
    /// </summary>
    public double? TargetLoss
    {
        get; init =>
        field = value is null || double.IsFinite(value.Value) ? value
        : throw Guard.OutOfRange(nameof(TargetLoss), value, "a finite number");
    }

    /// <summary>Ends the run when nothing improves any more; unset: it does not.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// The run has diverged when the epoch's loss is more than this times the first epoch's; greater than 1. Tested only where the first
    /// loss is greater than 0 (when maximising: less than 0). Unset: only numbers that are not finite count as divergence.
    /// </summary>
    public double? MaxLossGrowth
    {
        get; init =>
        field = value is null or > 1 ? value : throw Guard.OutOfRange(nameof(MaxLossGrowth), value, "greater than 1");
    }

    /// <summary>What to do about a divergence; unset: the run ends.</summary>
    public DivergenceRecovery? Recovery { get; init; }

    /// <summary>A bound on the gradient that the optimizer gets; unset: none.</summary>
    public GradientClipping? Clipping { get; init; }

    /// <summary>
    /// Samples an update sees, or with <see cref="AccumulationSteps"/> a part of them; unset: as the optimizer wants. An optimizer that
    /// wants all of them refuses anything else.
    /// </summary>
    public Batching? Batching { get; init; }

    /// <summary>
    /// Batches whose gradients are added up for one update, at least 1. The same as batches so many times as large, evaluated in parts:
    /// schedules and clocks count updates, and what is left at the end of an epoch is an update with its own mean.
    /// </summary>
    public int AccumulationSteps { get; init => field = Guard.AtLeast(value, 1, nameof(AccumulationSteps)); } = 1;

    /// <summary>In which order mini-batches draw the samples.</summary>
    public SampleOrder Order { get; init => field = Guard.Defined(value, nameof(Order)); } = SampleOrder.Shuffled;

    /// <summary>Whether a last, shorter batch of an epoch is left out; otherwise it counts with its own mean.</summary>
    public bool DropLastBatch { get; init; }

    /// <summary>
    /// Threads at most that work on large batches and long vectors, at least 1; the result does not depend on it. Unset: one per processor.
    /// </summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1, nameof(MaxDegreeOfParallelism)); } =
        Environment.ProcessorCount;

    /// <summary>Numbers in a piece of work from which on several threads are used; unset: the built-in one. Tests put it to 0.</summary>
    internal int? ParallelThreshold { get; init; }

    /// <summary>Fixes shuffles, random starts and held-out samples.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The factor on the optimizer's rate. A metric-driven one gets the validation loss where there is one, else the epoch's, in the user's
    /// units: tell it when you maximise.
    /// </summary>
    public ISchedule Schedule { get; init => field = value ?? throw new ArgumentNullException(nameof(Schedule)); } = new ConstantSchedule();

    /// <summary>
    /// A file that holds the run as it stands, so that it can be continued: written every <see cref="CheckpointEvery"/>, and when the run
    /// ends other than by divergence. Its folder must exist. A write that fails does not end the run: <see cref="TrainingResult.Note"/>
    /// says so.
    /// </summary>
    /// <example><code>
    /// using var cancellation = new CancellationTokenSource();   // cancelled by Ctrl+C, say
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// var options = new TrainingOptions { MaxEpochs = 40, CheckpointFile = "job.checkpoint", ResumeIfPresent = "job.checkpoint" };
    /// TrainingResult result = new Trainer(new Adam(0.05), options)
    ///     .Fit(new LinearRegression(), data, cancellationToken: cancellation.Token);
    /// Console.WriteLine(result.Epochs);   // 40
    /// </code></example>
    public string? CheckpointFile { get; init => field = NotEmpty(value); }

    /// <summary>How often <see cref="CheckpointFile"/> is written; unset: at ends of epochs, at most once a second.</summary>
    public Horizon? CheckpointEvery { get; init => field = value?.Required(); }

    /// <summary>A checkpoint to continue from; a file that is not there is a <see cref="FileNotFoundException"/>.</summary>
    public string? ResumeFrom { get; init => field = NotEmpty(value); }

    /// <summary>A checkpoint to continue from if it exists: the same program starts a job and, after it was killed, continues it.</summary>
    public string? ResumeIfPresent { get; init => field = NotEmpty(value); }

    /// <summary>Called after every update, in this order.</summary>
    public ImmutableArray<ITrainingObserver> Observers
    {
        get;
        init => field = value.IsDefault ? [] : !value.Contains(null!) ? value
            : throw Guard.Invalid(nameof(Observers), $"Observers holds null: each must be an observer.");
    } = [];

    /// <summary>
    /// Told how the run goes: after the first and the last step, and between them at most once every <see cref="ProgressInterval"/>.
    /// </summary>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// var options = new TrainingOptions
    /// {
    ///     MaxEpochs = 40,
    ///     Progress = new Progress&lt;TrainingReport&gt;(report =&gt; Console.Error.WriteLine($"epoch {report.Epoch}: {report.Loss:F0}")),
    /// };
    /// new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), data);
    /// </code></example>
    public IProgress<TrainingReport>? Progress { get; init; }

    /// <summary>Wall time between two calls of <see cref="Progress"/>, at least 0; 100 ms unless set.</summary>
    public TimeSpan ProgressInterval
    {
        get; init =>
        field = Guard.AtLeast(value.Ticks, 0, nameof(ProgressInterval)) == 0 ? TimeSpan.Zero : value;
    } = TimeSpan.FromMilliseconds(100);

    internal bool HasNoLimit => this is { MaxSteps: null, MaxEpochs: null, MaxSamples: null, MaxTime: null };

    /// <summary>The settings that a run depends on and that are not the default.</summary>
    public override string ToString()
    {
        var set = new List<string>();
        Show(MaxSteps);
        Show(MaxEpochs);
        Show(MaxSamples);
        Show(MaxTime);
        Show(GradientTolerance);
        Show(RelativeGradientTolerance);
        Show(ParameterTolerance);
        Show(LossTolerance);
        Show(TargetLoss);
        Show(EarlyStopping);
        Show(MaxLossGrowth);
        Show(Recovery);
        Show(Clipping);
        Show(Batching);
        if (AccumulationSteps > 1)
            Show((int?)AccumulationSteps, nameof(AccumulationSteps));
        Show((SampleOrder?)Order, nameof(Order));
        if (DropLastBatch)
            Show((bool?)true, nameof(DropLastBatch));
        Show((long?)Seed, nameof(Seed));
        Show(Schedule);
        return string.Join(", ", set);

        void Show<T>(T? value, [CallerArgumentExpression(nameof(value))] string name = "")
        {
            if (value is not null)
                set.Add(Format.Text($"{name} {value}"));
        }
    }

    private static long? AtLeastZero(long? value, [CallerMemberName] string name = "") =>
        value is { } set ? Guard.AtLeast(set, 0, name) : null;

    private static double? NonNegative(double? value, [CallerMemberName] string name = "") =>
        value is { } set ? Guard.FiniteNonNegative(set, name) : null;

    private static string? NotEmpty(string? value, [CallerMemberName] string name = "") =>
        value is not "" ? value : throw Guard.Invalid(name, $"{name} is empty: it must be a file's name.");
}

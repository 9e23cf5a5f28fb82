using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>
/// The options of a <see cref="Trainer"/>. Every option has a default. Optimizer, options and data determine every bit of a run.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions
/// {
///     Batching = Batching.Mini(64),
///     MaxEpochs = 200,
///     Schedule = new WarmUp(Horizon.Epochs(1)).Then(new CosineDecay(Horizon.Fraction(1))),
///     EarlyStopping = new(patience: 20),
///     GradientTransforms = [GradientClipping.ByNorm(10)],
///     Seed = 1,
/// };
/// TrainingResult result = new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);   // NoImprovement
/// </code></example>
public sealed record TrainingOptions
{
    /// <summary>
    /// The maximum number of steps (T), at least 0. If no limit of any kind is set: no limit here for a fit, 10,000 for a minimisation.
    /// </summary>
    public long? MaxSteps { get; init => field = AtLeastZero(value); }

    /// <summary>
    /// The maximum number of passes over the data, at least 0. If no limit of any kind is set: 1000 for a fit, no limit here for a
    /// minimisation.
    /// </summary>
    public long? MaxEpochs { get; init => field = AtLeastZero(value); }

    /// <summary>
    /// The maximum number of samples that steps may evaluate, at least 0. The run ends at the first step that reaches it. It is not allowed
    /// for an objective without samples.
    /// </summary>
    public long? MaxSamples { get; init => field = AtLeastZero(value); }

    /// <summary>The maximum wall time, greater than 0, tested before each step. A run that it ends is not reproducible.</summary>
    public TimeSpan? MaxTime
    {
        get; init =>
        field = value is null || value > TimeSpan.Zero ? value : throw Guard.OutOfRange(nameof(MaxTime), value, "greater than 00:00:00");
    }

    /// <summary>
    /// The tolerance eps, at least 0: the run has converged when the Euclidean norm of the full gradient is at most eps. The gradient is
    /// that of the problem as optimised, before any clipping. Unset: 1e-6 for functions and for full batches of a sum of your own, unless
    /// another tolerance of the gradient is set; a model's loss has <see cref="StandardErrorTolerance"/>. For mini-batches this test needs
    /// one pass over the data at the start of each epoch.
    /// </summary>
    public double? GradientTolerance { get; init => field = NonNegative(value); }

    /// <summary>
    /// The same as <see cref="GradientTolerance"/>, as a fraction of the norm of the first full gradient; at least 0. Unset: no such test.
    /// </summary>
    public double? RelativeGradientTolerance { get; init => field = NonNegative(value); }

    /// <summary>
    /// The tolerance τ for the loss of a model on data, at least 0: the run has converged when each entry of the full gradient is at most
    /// τ times its standard error, or cannot be distinguished from rounding errors. Units of features, targets, weights and loss do not
    /// change this test. Unset: 1e-6 for full batches if no other tolerance of the gradient is set. For mini-batches this test needs one
    /// pass over the data at the start of each epoch.
    /// </summary>
    /// <remarks>
    /// With the derivative rᵢ of sample i by a score and the mean gradient ḡⱼ = Σ wᵢrᵢxᵢⱼ / Σ wᵢ, the test is
    /// |ḡⱼ| ≤ max(τ·ρ·sⱼ/√n, 16u·σ·cⱼ) for every coefficient j. Here ρ² is the weighted mean of rᵢ², sⱼ the standard deviation of feature j
    /// (its root mean square cⱼ if the model has no intercept or the feature is constant), n = (Σw)²/Σw², u = 2⁻⁵³, and
    /// σ = ρ + 2κ·√(mean of yᵢ²) with the loss's <see cref="ILoss.CancellationFactor"/> κ. For an intercept s = c = 1, as for each
    /// parameter of a model that is not linear. For least squares with n samples and d parameters, a run that has converged has a loss of
    /// at most 1/(1 − τ²·κ₂·d/n) times the smallest one, where κ₂ is the condition number of the Hessian for features divided by sⱼ. If the
    /// loss is more than 10⁴·τ² of its value above the minimum, because κ₂ is larger, <see cref="TrainingResult.Note"/> says so.
    /// </remarks>
    public double? StandardErrorTolerance { get; init => field = NonNegative(value); }

    /// <summary>
    /// The run ends as <see cref="StopReason.ParametersSettled"/> when an epoch has changed the parameters by at most this value times
    /// their norm; at least 0. Unset: no such test.
    /// </summary>
    public double? ParameterTolerance { get; init => field = NonNegative(value); }

    /// <summary>
    /// The run ends as <see cref="StopReason.LossSettled"/> when the loss of the epoch and the loss <see cref="LossWindow"/> epochs before
    /// differ by at most this value times the larger of the two; at least 0. Unset: no such test.
    /// </summary>
    public double? LossTolerance { get; init => field = NonNegative(value); }

    /// <summary>The number of epochs between the two losses of <see cref="LossTolerance"/>, from 1 to 1,000,000.</summary>
    public int LossWindow { get; init => field = Guard.FromTo(value, 1, 1_000_000, nameof(LossWindow)); } = 10;

    /// <summary>
    /// The run ends as <see cref="StopReason.TargetReached"/> when the loss over all samples, in the user's units, is at most this value
    /// (when maximising: at least this value). Finite. With mini-batches the loss is evaluated when the mean loss of an epoch has reached
    /// the target.
    /// </summary>
    public double? TargetLoss
    {
        get; init =>
        field = value is null || double.IsFinite(value.Value) ? value
        : throw Guard.OutOfRange(nameof(TargetLoss), value, "a finite number");
    }

    /// <summary>Ends the run when the loss has stopped improving; unset: no such test.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>
    /// The run has diverged when the loss of an epoch is above the first loss by more than this value minus 1 times the size of the first
    /// loss (or of the second, if the first is 0); greater than 1. For a positive first loss: when it is more than this value times the
    /// first. Unset: numbers that are not finite count as divergence, and a loss that has risen in each of the last ten epochs to more
    /// than 10¹⁰ times the larger of its first two values.
    /// </summary>
    public double? MaxLossGrowth
    {
        get; init =>
        field = value is null or > 1 ? value : throw Guard.OutOfRange(nameof(MaxLossGrowth), value, "greater than 1");
    }

    /// <summary>The recovery from a divergence; unset: a divergence ends the run.</summary>
    public DivergenceRecovery? Recovery { get; init; }

    /// <summary>
    /// The changes of the gradient before the optimizer receives it, such as <see cref="GradientClipping"/>, in the order of their
    /// application; none unless set. Convergence is tested before them.
    /// </summary>
    public ImmutableArray<IGradientTransform> GradientTransforms { get; init => field = NoNulls(value, "a transform"); } = [];

    /// <summary>
    /// The largest number of mini-batches in a row that are skipped because their loss or gradient is not finite, at least 0. A skipped
    /// batch counts as a step of clock and schedule, but the optimizer does not move, and the batch is not in the loss of the epoch. One
    /// more in a row is a divergence. <see cref="TrainingResult.SkippedBatches"/> has their number, the result's note the first one. With
    /// full batches there is no other batch to go on with, so it must be 0 there.
    /// </summary>
    public int MaxSkippedBatches { get; init => field = Guard.AtLeast(value, 0, nameof(MaxSkippedBatches)); }

    /// <summary>
    /// The number of samples of a step or, with <see cref="AccumulationSteps"/>, of a part of it. Unset: the default of the optimizer. An
    /// optimizer that needs full batches allows no other value.
    /// </summary>
    public Batching? Batching { get; init; }

    /// <summary>
    /// The number of batches whose gradients are added for one step, at least 1. It is equivalent to batches of that many times the size,
    /// evaluated in parts. Schedules and clocks count steps. The batches that are left at the end of an epoch form a step with a mean of
    /// their own.
    /// </summary>
    public int AccumulationSteps { get; init => field = Guard.AtLeast(value, 1, nameof(AccumulationSteps)); } = 1;

    /// <summary>The order in which mini-batches take the samples.</summary>
    public SampleOrder Order { get; init => field = Guard.Defined(value, nameof(Order)); } = SampleOrder.Shuffled;

    /// <summary>
    /// The number of samples that are shuffled together with <see cref="SampleOrder.BlockShuffled"/>, at least 1; 65,536 unless set. The
    /// order takes the memory of a window: 4 bytes for each sample of it, and 4 for each block. A larger window mixes the samples better;
    /// its rows should fit in memory.
    /// </summary>
    public int ShuffleWindow { get; init => field = Guard.AtLeast(value, 1, nameof(ShuffleWindow)); } = WindowOrder.DefaultRows;

    /// <summary>Whether a shorter last batch of an epoch is left out. Otherwise it is a step with a mean of its own.</summary>
    public bool DropLastBatch { get; init; }

    /// <summary>
    /// Which parameters a mini-batch of sparse data moves. The default gives the result of steps on all parameters. While parameters rest,
    /// the penalty in the loss of a batch is that of the last time when all were up to date: at powers of two of the step, and at ends of
    /// epochs.
    /// </summary>
    /// <example><code>
    /// Dataset data = Dataset.FromSparse([0, 2, 2, 3], [0, 3, 3], [1.0, 2, 5], featureCount: 4, targets: [1, 0, 1]);
    /// var options = new TrainingOptions { SparseUpdates = SparseUpdates.Touched, Batching = Batching.Mini(1), MaxEpochs = 5 };
    /// TrainingResult result = new Trainer(new Adam(), options).Fit(new LogisticRegression(), data);
    /// Console.WriteLine(result.Parameters[1]);   // 0
    /// </code></example>
    public SparseUpdates SparseUpdates { get; init => field = Guard.Defined(value, nameof(SparseUpdates)); }

    /// <summary>
    /// Whether the loss over all samples is measured after each epoch of mini-batches, as <see cref="EpochRecord.FullLoss"/>: it costs a
    /// pass over the data in each epoch, and changes nothing else. With it, the curves of runs with different batch sizes can be compared.
    /// </summary>
    public bool MeasureFullLoss { get; init; }

    /// <summary>
    /// The maximum number of threads for large batches and long vectors, at least 1. The result does not depend on it. Unset: one per
    /// processor. No run uses more than 32, or more than one for each processor if there are more processors.
    /// </summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1, nameof(MaxDegreeOfParallelism)); } =
        Environment.ProcessorCount;

    /// <summary>
    /// The smallest number of feature values of a batch, and the smallest length of a vector, for which several threads are used; unset:
    /// the built-in values. Tests set it to 0.
    /// </summary>
    internal int? ParallelThreshold { get; init; }

    /// <summary>The seed of shuffles, random starts and held-out samples.</summary>
    public long Seed { get; init; }

    /// <summary>
    /// The schedule, which gives the factor on the optimizer's rate. A metric-driven schedule receives the validation loss or, without
    /// validation data, the loss of the epoch, in the user's units. When maximising, set its direction too.
    /// </summary>
    public ISchedule Schedule { get; init => field = value ?? throw new ArgumentNullException(nameof(Schedule)); } = new ConstantSchedule();

    /// <summary>
    /// The file in which the state of the run is saved, so that the run can be continued. It is written every
    /// <see cref="CheckpointEvery"/>, and when the run ends for any reason except divergence. Its folder must exist. A failed write does
    /// not end the run; <see cref="TrainingResult.Note"/> reports it.
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

    /// <summary>The interval at which <see cref="CheckpointFile"/> is written; unset: at ends of epochs, at most once a second.</summary>
    public Horizon? CheckpointEvery { get; init => field = value?.Required(); }

    /// <summary>
    /// The checkpoint to continue from. If the file does not exist, the run throws a <see cref="FileNotFoundException"/>.
    /// </summary>
    public string? ResumeFrom { get; init => field = NotEmpty(value); }

    /// <summary>
    /// The checkpoint to continue from if the file exists. With it, the same program starts a job and continues it after an interruption.
    /// </summary>
    public string? ResumeIfPresent { get; init => field = NotEmpty(value); }

    /// <summary>
    /// The name of the run in reports, in the text of its result, and in metrics and activities as the tag
    /// <see cref="TrainingDiagnostics.RunTag"/>. Unset: the run has no name.
    /// </summary>
    public string? RunName { get; init => field = NotEmpty(value, "text"); }

    /// <summary>The observers, called after every step in this order.</summary>
    public ImmutableArray<ITrainingObserver> Observers
    {
        get;
        init => field = NoNulls(value, "an observer");
    } = [];

    /// <summary>
    /// Receives reports of the run: after the first and the last step, and between them at most once every <see cref="ProgressInterval"/>.
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

    /// <summary>The minimum wall time between two reports to <see cref="Progress"/>, at least 0; 100 ms unless set.</summary>
    public TimeSpan ProgressInterval
    {
        get; init =>
        field = Guard.AtLeast(value.Ticks, 0, nameof(ProgressInterval)) == 0 ? TimeSpan.Zero : value;
    } = TimeSpan.FromMilliseconds(100);

    internal bool HasNoGradientTest => this is { GradientTolerance: null, RelativeGradientTolerance: null, StandardErrorTolerance: null };

    internal bool HasNoLimit => this is { MaxSteps: null, MaxEpochs: null, MaxSamples: null, MaxTime: null };

    /// <summary>The options that differ from the default and affect the run.</summary>
    public override string ToString()
    {
        var set = new List<string>();
        Show(MaxSteps);
        Show(MaxEpochs);
        Show(MaxSamples);
        Show(MaxTime);
        Show(GradientTolerance);
        Show(RelativeGradientTolerance);
        Show(StandardErrorTolerance);
        Show(ParameterTolerance);
        Show(LossTolerance);
        Show(TargetLoss);
        Show(EarlyStopping);
        Show(MaxLossGrowth);
        Show(Recovery);
        if (!GradientTransforms.IsEmpty)
            Show(Format.List(GradientTransforms), nameof(GradientTransforms));
        if (MaxSkippedBatches > 0)
            Show((int?)MaxSkippedBatches, nameof(MaxSkippedBatches));
        Show(Batching);
        if (AccumulationSteps > 1)
            Show((int?)AccumulationSteps, nameof(AccumulationSteps));
        Show((SampleOrder?)Order, nameof(Order));
        if (SparseUpdates != SparseUpdates.Automatic)
            Show((SparseUpdates?)SparseUpdates, nameof(SparseUpdates));
        if (Order == SampleOrder.BlockShuffled)
            Show((int?)ShuffleWindow, nameof(ShuffleWindow));
        if (DropLastBatch)
            Show((bool?)true, nameof(DropLastBatch));
        if (MeasureFullLoss)
            Show((bool?)true, nameof(MeasureFullLoss));
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

    private static ImmutableArray<T> NoNulls<T>(ImmutableArray<T> value, string what, [CallerMemberName] string name = "") =>
        value.IsDefault ? [] : !value.Contains(default!) ? value : throw Guard.Invalid(name, $"{name} holds null: each must be {what}.");

    private static string? NotEmpty(string? value, string what = "file's name", [CallerMemberName] string name = "") =>
        value is not "" ? value : throw Guard.Invalid(name, $"{name} is empty: it must be a {what}.");
}

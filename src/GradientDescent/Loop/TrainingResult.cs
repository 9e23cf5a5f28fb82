using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>How a run ended and what it found. A run always ends in one of these; whatever was found is in it.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingResult result = new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 100 }).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);                          // MaxEpochs
/// Console.WriteLine(result.Steps);                           // 1400
/// Console.WriteLine(result.History.Length);                  // 100
/// Console.WriteLine(result.Loss &lt;= result.History[0].Loss);  // True
/// </code></example>
public sealed class TrainingResult
{
    internal TrainingResult()
    {
    }

    /// <summary>Why the run ended.</summary>
    public StopReason Reason => Stop.Reason;

    /// <summary>The test that ended the run, with its numbers.</summary>
    public StopDetails Stop { get; internal set; } = StopDetails.Paused;

    /// <summary>The best parameters, in the user's units.</summary>
    public ImmutableArray<double> Parameters { get; internal set; }

    /// <summary>What <see cref="Parameters"/> were chosen by.</summary>
    public BestBy BestBy { get; internal set; }

    /// <summary>Updates made when <see cref="Parameters"/> were met.</summary>
    public long BestStep { get; internal set; }

    /// <summary>The loss over all samples (or the objective's value) at <see cref="Parameters"/>, in the user's units.</summary>
    public double Loss { get; internal set; }

    /// <summary>
    /// The Euclidean norm of the full gradient at <see cref="Parameters"/>, of the problem as optimised; frozen blocks count as 0.
    /// </summary>
    public double GradientNorm { get; internal set; }

    /// <summary>
    /// What schedule and recoveries multiplied: the optimizer's rate, or with <see cref="FitOptions.RateFromCurvature"/> the one from
    /// there.
    /// </summary>
    public double LearningRate { get; internal set; }

    /// <summary>
    /// The loss on the validation data at <see cref="Parameters"/>, in the user's units; <see langword="null"/> without such data.
    /// </summary>
    public double? ValidationLoss { get; internal set; }

    /// <summary>
    /// Where the run ended, in the coordinates of <see cref="Objective"/>: what the test in <see cref="Stop"/> looked at; after a
    /// divergence the last finite parameters that were kept.
    /// </summary>
    public ImmutableArray<double> StoppedAt { get; internal set; }

    /// <summary>Returns from divergences on the way; see <see cref="TrainingOptions.Recovery"/>.</summary>
    public ImmutableArray<RecoveryRecord> Recoveries { get; internal set; }

    /// <summary>After a divergence: what was noticed when, and what may help. <see langword="null"/> otherwise.</summary>
    public string? Diagnosis { get; internal set; }

    /// <summary>Which of the optimised parameters, or of the gradient's entries, was not finite; <see langword="null"/> if none.</summary>
    internal int? NonFiniteIndex { get; set; }

    /// <summary>The last finite parameters that were kept, in the user's units: after every epoch and at steps 1, 2, 4, 8, ….</summary>
    public ImmutableArray<double> LastFiniteParameters { get; internal set; }

    /// <summary>Updates made when <see cref="LastFiniteParameters"/> were met.</summary>
    public long LastFiniteStep { get; internal set; }

    /// <summary>Updates made.</summary>
    public long Steps { get; internal set; }

    /// <summary>Whole passes over the data made; an objective without samples counts each update as one.</summary>
    public long Epochs { get; internal set; }

    /// <summary>Samples evaluated by the updates.</summary>
    public long Samples { get; internal set; }

    /// <summary>Wall time of the run.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Losses and rates by epoch, in the user's units; a long run's are thinned out to at most 1024 and the last.</summary>
    public ImmutableArray<EpochRecord> History { get; internal set; }

    /// <summary>The optimizer's state after the last step.</summary>
    public OptimizerState OptimizerState { get; internal set; } = null!;

    /// <summary>The problem as optimised (features and targets scaled, where a fit did so): anyone can evaluate it again.</summary>
    public IObjective Objective { get; internal set; } = null!;

    /// <summary><see cref="Parameters"/> in the coordinates of <see cref="Objective"/>.</summary>
    public ImmutableArray<double> OptimizedParameters { get; internal set; }

    /// <summary>
    /// Something about the data that the user should know, such as features that do not vary or depend on others, or classes that are
    /// separated; or <see langword="null"/>.
    /// </summary>
    public string? Note { get; internal set; }

    /// <summary>Why it stopped, after how much work, at which loss.</summary>
    public override string ToString()
    {
        string best = BestStep == Steps ? "" : Format.Text($", at the best parameters, met after {Format.Count(BestStep, "step")}");
        string returns = Recoveries.IsEmpty ? ""
            : Format.Text($" Went back {Format.Count(Recoveries.Length, "time")}, to {Recoveries[^1].RateFactor:G3} of the rate.");
        string note = Note is null ? "" : $" {Note}";
        return Format.Text($"{Diagnosis ?? Ending(Stop, Steps, Epochs)} Loss {Loss:G6}, gradient norm " +
            $"{GradientNorm:G3}{best}.{returns}{note}");
    }

    /// <summary>A copy with some changes.</summary>
    internal TrainingResult With(Action<TrainingResult> change)
    {
        var copy = (TrainingResult)MemberwiseClone();
        change(copy);
        return copy;
    }

    internal static string Ending(StopDetails stop, long steps, long epochs) =>
        Format.Text($"{stop.Reason} after {Format.Count(steps, "step")}, {Format.Count(epochs, "epoch")}: {stop}.");
}

using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>What the best parameters were chosen by.</summary>
public enum BestBy
{
    /// <summary>The loss over all samples, evaluated at those very parameters.</summary>
    FullLoss,

    /// <summary>
    /// The mean loss of an epoch's batches, while the parameters were moving, proposed those at the end of the best epoch; they, the last ones of the run and
    /// the start were then compared by the loss over all samples.
    /// </summary>
    EpochLoss,

    /// <summary>The loss on the validation data, after every epoch and where the run ended.</summary>
    ValidationLoss,

    /// <summary>No loss of a whole or an epoch was known when the run ended. The parameters are the last finite ones that were kept or, after a divergence, the start.</summary>
    Nothing,
}

/// <summary>How a run ended and what it found. A run always ends in one of these; whatever was found is in it.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingResult result = new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 100 }).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);                          // MaxEpochs
/// Console.WriteLine(result.Steps);                           // 1400
/// Console.WriteLine(result.History.Length);                  // 100
/// Console.WriteLine(result.Loss &lt;= result.History[0].Loss);  // True
/// </code></example>
public sealed record TrainingResult
{
    internal TrainingResult()
    {
    }

    /// <summary>Why the run ended.</summary>
    public StopReason Reason => Stop.Reason;

    /// <summary>The test that ended the run, with its numbers.</summary>
    public required StopDetails Stop { get; init; }

    /// <summary>The best parameters, in the user's units.</summary>
    public required ImmutableArray<double> Parameters { get; init; }

    /// <summary>What <see cref="Parameters"/> were chosen by.</summary>
    public required BestBy BestBy { get; init; }

    /// <summary>Updates made when <see cref="Parameters"/> were met.</summary>
    public required long BestStep { get; init; }

    /// <summary>The loss over all samples (or the objective's value) at <see cref="Parameters"/>, in the user's units.</summary>
    public required double Loss { get; init; }

    /// <summary>The Euclidean norm of the full gradient at <see cref="Parameters"/>, of the problem as optimised.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>What schedule and recoveries multiplied: the optimizer's rate, or with <see cref="TrainingOptions.RateFromCurvature"/> the one from there.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The loss on the validation data at <see cref="Parameters"/>, in the user's units; <see langword="null"/> without such data.</summary>
    public double? ValidationLoss { get; init; }

    /// <summary>Where the run ended, in the coordinates of <see cref="Objective"/>: what the test in <see cref="Stop"/> looked at; after a divergence the last finite parameters that were kept.</summary>
    public required ImmutableArray<double> StoppedAt { get; init; }

    /// <summary>Returns from divergences on the way; see <see cref="TrainingOptions.Recovery"/>.</summary>
    public required ImmutableArray<RecoveryRecord> Recoveries { get; init; }

    /// <summary>After a divergence: what was noticed when, and what may help. <see langword="null"/> otherwise.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>Which of the optimised parameters, or of the gradient's entries, was not finite; <see langword="null"/> if none.</summary>
    internal int? NonFiniteIndex { get; init; }

    /// <summary>The last finite parameters that were kept, in the user's units: after every epoch and at updates 1, 2, 4, 8, ….</summary>
    public required ImmutableArray<double> LastFiniteParameters { get; init; }

    /// <summary>Updates made when <see cref="LastFiniteParameters"/> were met.</summary>
    public required long LastFiniteStep { get; init; }

    /// <summary>Updates made.</summary>
    public required long Steps { get; init; }

    /// <summary>Whole passes over the data made; an objective without samples counts each update as one.</summary>
    public required long Epochs { get; init; }

    /// <summary>Samples evaluated by the updates.</summary>
    public required long Samples { get; init; }

    /// <summary>Wall time of the run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Losses and rates by epoch, in the user's units; a long run's are thinned out to at most 1024 and the last.</summary>
    public required ImmutableArray<EpochRecord> History { get; init; }

    /// <summary>The optimizer's state after the last update.</summary>
    public required OptimizerState OptimizerState { get; init; }

    /// <summary>The problem as optimised (features and targets scaled, where a fit did so): anyone can evaluate it again.</summary>
    public required IObjective Objective { get; init; }

    /// <summary><see cref="Parameters"/> in the coordinates of <see cref="Objective"/>.</summary>
    public required ImmutableArray<double> OptimizedParameters { get; init; }

    /// <summary>Something about the data that the user should know, such as features that do not vary or depend on others, or classes that are separated; or <see langword="null"/>.</summary>
    public string? Note { get; init; }

    /// <summary>Why it stopped, after how much work, at which loss.</summary>
    public override string ToString()
    {
        string best = BestStep == Steps ? "" : Format.Text($", at the best parameters, met after {Format.Count(BestStep, "update")}");
        string returns = Recoveries.IsEmpty ? "" : Format.Text($" Went back {Format.Count(Recoveries.Length, "time")}, to {Recoveries[^1].RateFactor:G3} of the rate.");
        string note = Note is null ? "" : $" {Note}";
        return Format.Text($"{Diagnosis ?? Ending(Stop, Steps, Epochs)} Loss {Loss:G6}, gradient norm {GradientNorm:G3}{best}.{returns}{note}");
    }

    internal static string Ending(StopDetails stop, long steps, long epochs) =>
        Format.Text($"{stop.Reason} after {Format.Count(steps, "update")}, {Format.Count(epochs, "epoch")}: {stop}.");
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>
/// The result of a run: why it ended and what it found. Every run returns one, also after a divergence or a cancellation.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingResult result = new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 100 }).Fit(new LinearRegression(), data);
/// Console.WriteLine(result.Reason);                          // MaxEpochs
/// Console.WriteLine(result.Steps);                           // 1400
/// Console.WriteLine(result.History.Length);                  // 100
/// Console.WriteLine(result.Loss &lt;= result.History[0].Loss);  // True
/// </code></example>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed class TrainingResult
{
    internal TrainingResult()
    {
    }

    /// <summary>The reason for the end of the run.</summary>
    public StopReason Reason => Stop.Reason;

    /// <summary>The test that ended the run, with its numbers.</summary>
    public StopDetails Stop { get; internal set; } = StopDetails.Paused;

    /// <summary>The best parameters, in the user's units.</summary>
    public ImmutableArray<double> Parameters { get; internal set; }

    /// <summary>The criterion by which <see cref="Parameters"/> were chosen.</summary>
    public BestBy BestBy { get; internal set; }

    /// <summary>The number of steps after which the run had <see cref="Parameters"/>.</summary>
    public long BestStep { get; internal set; }

    /// <summary>The loss over all samples (or the objective's value) at <see cref="Parameters"/>, in the user's units.</summary>
    public double Loss { get; internal set; }

    /// <summary>
    /// The Euclidean norm of the full gradient at <see cref="Parameters"/>, of the problem as optimised; frozen blocks count as 0.
    /// </summary>
    public double GradientNorm { get; internal set; }

    /// <summary>
    /// The base rate, without schedule and recoveries: the optimizer's rate or, with <see cref="FitOptions.RateFromCurvature"/>, the rate
    /// from the curvature.
    /// </summary>
    public double LearningRate { get; internal set; }

    /// <summary>
    /// The loss on the validation data at <see cref="Parameters"/>, in the user's units; <see langword="null"/> without such data.
    /// </summary>
    public double? ValidationLoss { get; internal set; }

    /// <summary>
    /// The last parameters, in the coordinates of <see cref="Objective"/>, at which the test in <see cref="Stop"/> was made; after a
    /// divergence, the last finite parameters that were recorded.
    /// </summary>
    public ImmutableArray<double> StoppedAt { get; internal set; }

    /// <summary>The returns from divergences; see <see cref="TrainingOptions.Recovery"/>.</summary>
    public ImmutableArray<RecoveryRecord> Recoveries { get; internal set; }

    /// <summary>
    /// What is wrong with the end of the run and what may help: after a divergence its time and place; a run that ended worse than it
    /// began, or that found nothing better than its start; a limit that was reached although the gradient is tested and was not yet small.
    /// <see langword="null"/> if there is nothing to say.
    /// </summary>
    public string? Diagnosis { get; internal set; }

    /// <summary>Whether stable rates belong in the diagnosis.</summary>
    internal bool NeedsRateAdvice { get; set; }

    /// <summary>
    /// The index of the optimised parameter, or of the gradient entry, that was not finite; <see langword="null"/> if there was none.
    /// </summary>
    internal int? NonFiniteIndex { get; set; }

    /// <summary>
    /// The last finite parameters that were recorded, in the user's units. They are recorded after every epoch and at steps 1, 2, 4, 8, ….
    /// </summary>
    public ImmutableArray<double> LastFiniteParameters { get; internal set; }

    /// <summary>The number of steps after which the run had <see cref="LastFiniteParameters"/>.</summary>
    public long LastFiniteStep { get; internal set; }

    /// <summary>The number of steps made.</summary>
    public long Steps { get; internal set; }

    /// <summary>The number of complete passes over the data. For an objective without samples, each step counts as one.</summary>
    public long Epochs { get; internal set; }

    /// <summary>The number of samples that the steps evaluated.</summary>
    public long Samples { get; internal set; }

    /// <summary>
    /// The number of steps at which the optimizer did not move, because the loss or the gradient of the batch was not finite; see
    /// <see cref="TrainingOptions.MaxSkippedBatches"/>.
    /// </summary>
    public long SkippedBatches { get; internal set; }

    /// <summary>The wall time of the run.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>
    /// The losses and rates of the epochs, in the user's units. For a long run, at most 1024 epochs and the last are kept.
    /// </summary>
    public ImmutableArray<EpochRecord> History { get; internal set; }

    /// <summary>The optimizer's state after the last step.</summary>
    public OptimizerState OptimizerState { get; internal set; } = null!;

    /// <summary>
    /// The problem as optimised, with scaled features and targets if the fit scaled them. It can be evaluated at any parameters.
    /// </summary>
    [JsonIgnore]
    public IObjective Objective { get; internal set; } = null!;

    /// <summary><see cref="Parameters"/> in the coordinates of <see cref="Objective"/>.</summary>
    public ImmutableArray<double> OptimizedParameters { get; internal set; }

    /// <summary>
    /// A remark on the data or the run, for example features that are constant or depend on others, or classes that are separated;
    /// <see langword="null"/> if there is none.
    /// </summary>
    public string? Note { get; internal set; }

    /// <summary>The name of the run: <see cref="TrainingOptions.RunName"/>.</summary>
    public string? RunName { get; internal set; }

    /// <summary>The reason for the end, the number of steps and epochs, and the loss, after the name of the run if it has one.</summary>
    public override string ToString()
    {
        string best = BestStep == Steps ? "" : Format.Text($", at the best parameters, met after {Format.Count(BestStep, "step")}");
        string returns = Recoveries.IsEmpty ? ""
            : Format.Text($" Went back {Format.Count(Recoveries.Length, "time")}, to {Recoveries[^1].RateFactor:G3} of the rate.");
        string note = Note is null ? "" : $" {Note}";
        string name = RunName is null ? "" : $"{RunName}: ";
        return Format.Text($"{name}{Diagnosis ?? Ending(Stop, Steps, EpochsOfSamples)} Loss {Loss:G6}, gradient norm " +
            $"{GradientNorm:G3}{best}.{returns}{note}");
    }

    /// <summary>Returns a copy with some changes.</summary>
    internal TrainingResult With(Action<TrainingResult> change)
    {
        var copy = (TrainingResult)MemberwiseClone();
        change(copy);
        return copy;
    }

    /// <summary>Returns this result with other advice if the run reached the maximum number of steps.</summary>
    internal TrainingResult Unfinished(string advice) => Reason != StopReason.MaxSteps ? this : With(copy => copy.Diagnosis =
        Format.Text($"{Ending(Stop, Steps, EpochsOfSamples)} Unfinished: the gradient norm is {GradientNorm:G3}. {advice}"));

    /// <summary>Whether the objective has samples. If not, the epochs are the steps.</summary>
    internal bool HasSamples { get; set; } = true;

    private long? EpochsOfSamples => HasSamples ? Epochs : null;

    internal static string Ending(StopDetails stop, long steps, long? epochs) => epochs is { } passes
        ? Format.Text($"{stop.Reason} after {Format.Count(steps, "step")}, {Format.Count(passes, "epoch")}: {stop}.")
        : Format.Text($"{stop.Reason} after {Format.Count(steps, "step")}: {stop}.");
}

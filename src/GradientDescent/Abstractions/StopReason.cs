using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The reason for which a run ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>No reason: the value of an uninitialized variable. No run ends with it.</summary>
    None,

    /// <summary>
    /// The full gradient is within the tolerance at the parameters where the run ended, or a solver found that it is as small as rounding
    /// of the value allows. For a <see cref="NonlinearFit"/>: see <see cref="NonlinearFitOptions.Tolerance"/>.
    /// </summary>
    Converged,

    /// <summary>The loss over all samples has reached <see cref="TrainingOptions.TargetLoss"/>.</summary>
    TargetReached,

    /// <summary>
    /// An epoch moved the parameters by no more than <see cref="TrainingOptions.ParameterTolerance"/>; the gradient need not be small.
    /// </summary>
    ParametersSettled,

    /// <summary>
    /// The loss changed by no more than <see cref="TrainingOptions.LossTolerance"/> over a window of epochs; the gradient need not be
    /// small.
    /// </summary>
    LossSettled,

    /// <summary>
    /// The loss that <see cref="TrainingOptions.EarlyStopping"/> monitors has not improved for the number of epochs given as its patience.
    /// </summary>
    NoImprovement,

    /// <summary>The maximum number of steps was made.</summary>
    MaxSteps,

    /// <summary>The maximum number of epochs was completed.</summary>
    MaxEpochs,

    /// <summary>The maximum number of samples was evaluated.</summary>
    MaxSamples,

    /// <summary>The maximum time has passed.</summary>
    MaxTime,

    /// <summary>
    /// The loss, a gradient's entry or a parameter was not a finite number, or the loss grew past
    /// <see cref="TrainingOptions.MaxLossGrowth"/>.
    /// </summary>
    Diverged,

    /// <summary>Cancellation was requested.</summary>
    Cancelled,

    /// <summary>The run has not ended: the caller has not requested more steps yet.</summary>
    Paused,

    /// <summary>
    /// A static fit of a classifier has found that classes can be separated: the loss has no minimum, and with more training the weights
    /// grow without bound. The parameters are those where the run ended.
    /// </summary>
    Separable,

    /// <summary>
    /// The optimizer ended the run, for example because a line search found no better point; see <see cref="TrainingResult.Stop"/>.
    /// </summary>
    OptimizerStopped,

    /// <summary>The maximum number of evaluations was made; see <see cref="NonlinearFitOptions.MaxEvaluations"/>.</summary>
    MaxEvaluations,
}

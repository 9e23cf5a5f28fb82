namespace GradientDescent;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>No reason: the value of an uninitialized variable. No run ends with it.</summary>
    None,

    /// <summary>The full gradient's norm is within the tolerance at the parameters where the run ended.</summary>
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
    /// The loss watched by <see cref="TrainingOptions.EarlyStopping"/> has not improved for as many epochs as it has patience for.
    /// </summary>
    NoImprovement,

    /// <summary>The allowed number of updates T was made.</summary>
    MaxSteps,

    /// <summary>The allowed number of epochs was completed.</summary>
    MaxEpochs,

    /// <summary>The allowed number of samples was seen.</summary>
    MaxSamples,

    /// <summary>The allowed time is over.</summary>
    MaxTime,

    /// <summary>
    /// The loss, a gradient's entry or a parameter was not a finite number, or the loss grew past
    /// <see cref="TrainingOptions.MaxLossGrowth"/>.
    /// </summary>
    Diverged,

    /// <summary>Cancellation was requested.</summary>
    Cancelled,

    /// <summary>Nothing ended the run: whoever asked for its steps has asked for no more so far.</summary>
    Paused,

    /// <summary>
    /// A static fit of a classifier has found that classes can be separated: the loss has no minimum, and the weights grow without bound as
    /// training goes on. The parameters are those where the run ended.
    /// </summary>
    Separable,

    /// <summary>The optimizer ended the run, as when a line search finds no better point; see <see cref="TrainingResult.Stop"/>.</summary>
    OptimizerStopped,
}

namespace GradientDescent;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>The gradient's norm is within the tolerance, at the returned parameters.</summary>
    Converged,

    /// <summary>The allowed number of updates T was made.</summary>
    MaxSteps,

    /// <summary>The allowed number of epochs was completed.</summary>
    MaxEpochs,

    /// <summary>The loss, a gradient's entry or a parameter was not a finite number.</summary>
    Diverged,

    /// <summary>Cancellation was requested.</summary>
    Cancelled,
}

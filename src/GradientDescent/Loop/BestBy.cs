namespace GradientDescent;

/// <summary>What the best parameters were chosen by.</summary>
public enum BestBy
{
    /// <summary>The loss over all samples, evaluated at those very parameters.</summary>
    FullLoss,

    /// <summary>
    /// The mean loss of an epoch's batches, while the parameters were moving, proposed those at the end of the best epoch; they, the last
    /// ones of the run and the start were then compared by the loss over all samples.
    /// </summary>
    EpochLoss,

    /// <summary>The loss on the validation data, after every epoch and where the run ended.</summary>
    ValidationLoss,

    /// <summary>
    /// No loss of a whole or an epoch was known when the run ended. The parameters are the last finite ones that were kept or, after a
    /// divergence, the start.
    /// </summary>
    Nothing,
}

using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>The criterion by which the best parameters were chosen.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BestBy>))]
public enum BestBy
{
    /// <summary>The loss over all samples, evaluated at these parameters.</summary>
    FullLoss,

    /// <summary>
    /// The mean loss of the batches of an epoch, computed while the parameters changed. It selects the parameters at the end of the best
    /// epoch; these, the last parameters of the run and the start are then compared by the loss over all samples.
    /// </summary>
    EpochLoss,

    /// <summary>The loss on the validation data, measured after every epoch and at the end of the run.</summary>
    ValidationLoss,

    /// <summary>
    /// The run ended before a full loss or the loss of an epoch was computed. The parameters are the last finite ones that were recorded
    /// or, after a divergence, the start.
    /// </summary>
    Nothing,
}

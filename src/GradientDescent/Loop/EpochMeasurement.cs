namespace GradientDescent;

/// <summary>The measurements at the end of an epoch; losses are minimised ones.</summary>
/// <param name="Loss">The epoch's loss.</param>
/// <param name="Watched">The validation loss or, without validation data, the loss of the epoch, in the user's unit.</param>
/// <param name="WatchedName">The name of the watched value.</param>
/// <param name="FullLoss">The loss over all samples, if <see cref="StopTests.NeedsFullLoss"/> requires it.</param>
internal readonly record struct EpochMeasurement(double Loss, double Watched, string WatchedName, double FullLoss);

namespace GradientDescent;

/// <summary>What the latest step has measured.</summary>
/// <param name="Loss">The loss that is minimised, before the step.</param>
/// <param name="GradientNorm">The norm of the gradient, before any clipping.</param>
/// <param name="LearningRate">The rate of the step.</param>
/// <param name="Epoch">The epoch of the latest mini-batch.</param>
/// <param name="Batch">The place of the latest mini-batch in its epoch.</param>
internal readonly record struct Measurement(double Loss, double GradientNorm, double LearningRate, long Epoch, int Batch)
{
    /// <summary>Nothing has been measured.</summary>
    public static Measurement None => new(double.NaN, double.NaN, double.NaN, 0, 0);
}

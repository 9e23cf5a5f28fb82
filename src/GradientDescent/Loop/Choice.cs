namespace GradientDescent;

/// <summary>
/// The parameters that a run returns, with the losses by which they were chosen. Losses are minimised ones; NaN if none was compared.
/// </summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="Step">The number of steps after which the run had them.</param>
/// <param name="By">The criterion.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="StartLoss">The loss at the start.</param>
/// <param name="LastLoss">The loss at the last parameters.</param>
internal sealed record Choice(double[] Parameters, long Step, BestBy By, double Loss, double StartLoss, double LastLoss)
{
    // The losses of equal parameters may differ by rounding, for example when a validation loss is added in another order.
    private const double Rounding = 1e-9;

    /// <summary>The loss as users see it and the norm of the gradient there, if they have been computed.</summary>
    public (double Loss, double GradientNorm)? Measured { get; init; }

    /// <summary>Whether the last parameters are known to be worse than the start; a loss that is not a number is.</summary>
    public bool EndsWorse => double.IsFinite(StartLoss)
        && !(LastLoss - StartLoss <= Rounding * Math.Max(Math.Abs(StartLoss), Math.Abs(LastLoss)));
}

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
internal sealed record Choice(double[] Parameters, long Step, BestBy By, double Loss, double StartLoss, double LastLoss);

namespace GradientDescent;

/// <summary>Direction and unit of a run's loss.</summary>
/// <param name="Maximize">Whether the objective is maximised; then loss and gradient are negated after each evaluation.</param>
/// <param name="LossFactor">The factor from the loss of the optimised problem to the loss in the user's unit.</param>
internal readonly record struct LossDirection(bool Maximize, double LossFactor = 1)
{
    /// <summary>1 to minimise, −1 to maximise.</summary>
    public double Sign => Maximize ? -1 : 1;

    /// <summary>Converts a minimised loss to the user's sign and unit; 0 stays 0.</summary>
    public double ToUser(double loss) => loss == 0 ? 0 : Sign * LossFactor * loss;
}

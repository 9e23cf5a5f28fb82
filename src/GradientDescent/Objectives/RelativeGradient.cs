namespace GradientDescent;

/// <summary>
/// The entry of a gradient that is farthest from 0, in two units that do not change with the units of features, targets, weights and loss.
/// </summary>
/// <param name="InStandardErrors">The entry divided by its standard error.</param>
/// <param name="InRoundingErrors">The entry divided by 2⁻⁵³ times the size of the numbers that it is computed from.</param>
internal readonly record struct RelativeGradient(double InStandardErrors, double InRoundingErrors)
{
    /// <summary>An entry within this many rounding errors may be 0.</summary>
    public const double MaxRoundingErrors = 16;

    /// <summary>Returns the share of the allowed size: the gradient is small enough up to 1.</summary>
    /// <param name="tolerance">The allowed number of standard errors.</param>
    public double ShareOf(double tolerance) => Math.Min(InStandardErrors / tolerance, InRoundingErrors / MaxRoundingErrors);
}

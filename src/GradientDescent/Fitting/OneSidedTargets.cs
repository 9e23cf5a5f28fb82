namespace GradientDescent;

/// <summary>
/// Finds targets that leave a loss without a minimum because it falls for all samples as the score goes to one side. Counts that are all 0
/// are such targets for <see cref="PoissonLoss"/>.
/// </summary>
internal static class OneSidedTargets
{
    // Near the first score the derivative of e^ŷ is still a number above 0; at the second one it is 0, and y alone is left.
    private const double Moderate = 20;
    private const double Extreme = double.MaxValue; // beyond every target, so that the derivative of an error leads back

    /// <summary>Returns a note if a model with an intercept has no finite best score; otherwise <see langword="null"/>.</summary>
    /// <param name="loss">A loss with one score for each target.</param>
    /// <param name="data">The samples.</param>
    public static string? NoteOn(ILoss loss, Dataset data) =>
        FallsTowards(-1, loss, data) ? Describe("falls", "decreases") : FallsTowards(1, loss, data) ? Describe("rises", "increases") : null;

    private static string Describe(string score, string intercept) =>
        $"For every sample the loss falls as the score {score}, without end: the loss has no minimum, and the intercept {intercept} as " +
        $"long as training goes on.";

    /// <summary>Whether each derivative leads to one side, strictly at moderate scores, and none back at extreme ones.</summary>
    private static bool FallsTowards(double side, ILoss loss, Dataset data)
    {
        foreach (Dataset.WeightedSample sample in data.Weighted)
        {
            foreach (double target in sample.Targets)
            {
                if (!(side * Derivative(loss, side * Moderate, target) < 0) || !(side * Derivative(loss, side * Extreme, target) <= 0))
                    return false;
            }
        }

        return true;
    }

    private static double Derivative(ILoss loss, double score, double target)
    {
        double derivative = 0;
        loss.Evaluate([score], [target], [], new Span<double>(ref derivative));
        return derivative;
    }
}

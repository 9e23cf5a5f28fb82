namespace GradientDescent;

/// <summary>A loss function: the error of predictions and its derivatives, for a block of samples at a time.</summary>
/// <remarks>
/// A model gives each target one score or several, such as one per class. <c>predictions</c> holds the scores of the first target, then
/// those of the second, and so on. Implementations have no state: several threads may call one instance.
/// </remarks>
/// <example><code>
/// class AbsoluteError : ILoss
/// {
///     public double Evaluate(
///         ReadOnlySpan&lt;double&gt; predictions, ReadOnlySpan&lt;double&gt; targets,
///         ReadOnlySpan&lt;double&gt; weights, Span&lt;double&gt; derivatives)
///     {
///         double sum = 0;
///         for (int i = 0; i &lt; targets.Length; i++)
///         {
///             double weight = weights.IsEmpty ? 1 : weights[i], error = predictions[i] - targets[i];
///             sum += weight * Math.Abs(error);
///             if (!derivatives.IsEmpty) derivatives[i] = weight * Math.Sign(error);
///         }
///
///         return sum;
///     }
/// }
/// </code></example>
public interface ILoss
{
    /// <summary>Returns Σ wᵢ ℓᵢ and writes wᵢ ∂ℓᵢ/∂ŷᵢ.</summary>
    /// <param name="predictions">The scores ŷ, one or more for each target.</param>
    /// <param name="targets">The targets y.</param>
    /// <param name="weights">One weight w per target; empty: every weight is 1.</param>
    /// <param name="derivatives">
    /// The derivatives, as long as <paramref name="predictions"/>; every entry is written. Empty: only the value is computed.
    /// </param>
    double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives);

    /// <summary>
    /// Returns why a model of this shape cannot be used, or <see langword="null"/> if it can. Called once, before training.
    /// </summary>
    /// <param name="scoresPerTarget">The number of scores that the model gives each target.</param>
    string? ValidateShape(int scoresPerTarget) => null;

    /// <summary>
    /// Returns why a finite target cannot be used, or <see langword="null"/> if it can. Called once for every target, before training.
    /// </summary>
    /// <param name="target">The target, a finite number.</param>
    /// <param name="scoresPerTarget">The number of scores that the model gives each target.</param>
    string? ValidateTarget(double target, int scoresPerTarget) => null;

    /// <summary>
    /// Returns a loss ℓ′ and a factor c with ℓ(s·ŷ + m, s·y + m) = c·ℓ′(ŷ, y) for every m. With them a fit can standardise the targets
    /// internally. <see langword="null"/>: the targets are not standardised.
    /// </summary>
    /// <param name="scale">The scale s, greater than 0.</param>
    (ILoss Loss, double Factor)? Rescaled(double scale) => null;

    /// <summary>
    /// An upper bound of the second derivative of ℓ with respect to the score of one target (with several scores: of the largest eigenvalue
    /// of the Hessian), for all scores and targets; finite and greater than 0. <see langword="null"/> if there is no bound or none is
    /// known: then no rate is safe everywhere.
    /// </summary>
    double? MaxCurvature => null;

    /// <summary>
    /// The lower bound that corresponds to <see cref="MaxCurvature"/>; 0 unless a larger one is known. If both are equal, the loss is
    /// quadratic.
    /// </summary>
    double MinCurvature => 0;

    /// <summary>
    /// The factor κ with which rounding errors of a target enter the derivative: near an exact fit the derivative is the difference of two
    /// numbers of about κ·|y|, so only its size up to about κ·|y|·2⁻⁵³ is known. 0 if the derivative keeps its digits near 0, as for a loss
    /// of labels. Unless given, <see cref="MaxCurvature"/> for a loss of the error ŷ − y, which can be <see cref="Rescaled"/>, and 0 for
    /// others. The default test of convergence uses it, see <see cref="TrainingOptions.StandardErrorTolerance"/>.
    /// </summary>
    double CancellationFactor => Rescaled(1) is null ? 0 : MaxCurvature ?? 0;
}

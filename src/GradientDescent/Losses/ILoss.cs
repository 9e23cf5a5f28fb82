namespace GradientDescent;

/// <summary>How wrong predictions are, and in which direction each should move. Works on a block of samples at a time.</summary>
/// <remarks>
/// A model gives each target one score or several (a score per class, say): <c>predictions</c> holds the scores of the first target, then
/// those of the second, and so on. Implementations keep no state: several threads may call one instance.
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
    /// <param name="predictions">Scores ŷ: for each target its one or more scores.</param>
    /// <param name="targets">Targets y.</param>
    /// <param name="weights">One weight w per target, or empty: then each is 1.</param>
    /// <param name="derivatives">As long as <paramref name="predictions"/>; every entry is written. Empty asks for the value alone.</param>
    double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives);

    /// <summary>Why a model of this shape cannot be used, or <see langword="null"/> if it can. Asked once, before training.</summary>
    /// <param name="scoresPerTarget">How many scores the model gives a target.</param>
    string? ValidateShape(int scoresPerTarget) => null;

    /// <summary>
    /// Why a finite target cannot be used, or <see langword="null"/> if it can. Every target is asked about once, before training.
    /// </summary>
    /// <param name="target">A target.</param>
    /// <param name="scoresPerTarget">How many scores the model gives a target.</param>
    string? ValidateTarget(double target, int scoresPerTarget) => null;

    /// <summary>
    /// A loss ℓ′ and a factor c with ℓ(s·ŷ + m, s·y + m) = c·ℓ′(ŷ, y) for every m, if there are such: then targets may be standardised
    /// inside a fit. <see langword="null"/> leaves them as they are.
    /// </summary>
    /// <param name="scale">The scale s, greater than 0.</param>
    (ILoss Loss, double Factor)? Rescaled(double scale) => null;

    /// <summary>
    /// An upper bound of ℓ's second derivative by the scores of one target (with several scores: of the Hessian's largest eigenvalue),
    /// whatever scores and targets are; finite and greater than 0. <see langword="null"/> where there is none, or none is known: then no
    /// rate is safe everywhere.
    /// </summary>
    double? MaxCurvature => null;

    /// <summary>
    /// As <see cref="MaxCurvature"/>, the lower bound; 0 unless more is known. Where both are equal the loss is quadratic.
    /// </summary>
    double MinCurvature => 0;
}

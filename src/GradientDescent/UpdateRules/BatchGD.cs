using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Gradient descent on the whole data set, with the exact gradient and one step per epoch.</summary>
/// <remarks>
/// <code>θ ← θ − η g</code>
/// g is the mean gradient over all samples, so the rate does not depend on their number. The method converges on a convex loss of
/// largest curvature L when η &lt; 2/L. Cauchy, Comptes rendus 25, 1847. State: none.
/// </remarks>
/// <example><code>
/// var bowl = Objective.From(p =&gt; p[0] * p[0] + 4 * p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 8 * p[1]));
/// TrainingResult result = new Trainer(new BatchGD(0.1)).Minimize(bowl, [3, 1]);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
/// <param name="learningRate">The rate η, finite and greater than 0; in units of parameter² per loss.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not greater than 0.</exception>
public sealed class BatchGD(double learningRate = 0.01) : Optimizer(learningRate, Batching.Full)
{
    internal override bool TakesInverseCurvature => true;

    internal override bool IsPlainDescent => true;

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, GradientStep<T>>(default, length);
}

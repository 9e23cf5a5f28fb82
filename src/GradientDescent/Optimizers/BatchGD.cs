using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Gradient descent on the whole data set: the exact gradient, one update an epoch.</summary>
/// <remarks>
/// <code>θ ← θ − η g</code>
/// g is the mean gradient over all samples, so a rate does not depend on their number. Converges on a convex loss with largest curvature L
/// when η &lt; 2/L. Cauchy, Comptes rendus 25, 1847. State: none.
/// </remarks>
/// <param name="learningRate">The rate η, finite and greater than 0; in units of parameter² per loss.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not greater than 0.</exception>
public sealed class BatchGD(double learningRate = 0.01) : Optimizer(learningRate, Batching.Full)
{
    internal override bool TakesInverseCurvature => true;

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, GradientStep<T>>(default, length);
}

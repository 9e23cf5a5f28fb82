using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Stochastic gradient descent: one sample an update.</summary>
/// <remarks>
/// <code>θ ← θ − η g</code>
/// g is the gradient at one sample. With a constant rate the parameters end up moving about the optimum; with Σηₜ = ∞ and Σηₜ² &lt; ∞ they
/// converge to it. Robbins and Monro, "A Stochastic Approximation Method", 1951, eq. (8). State: none.
/// </remarks>
/// <param name="learningRate">The rate η, finite and greater than 0; in units of parameter² per loss.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not greater than 0.</exception>
public sealed class SGD(double learningRate = 0.01) : Optimizer(learningRate, Batching.Of(1))
{
    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, GradientStep<T>>(default, length);
}

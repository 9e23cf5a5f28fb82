using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Stochastic gradient descent with one sample per step.</summary>
/// <remarks>
/// <code>θ ← θ − η g</code>
/// g is the gradient at one sample. With a constant rate the parameters fluctuate around the optimum; with Σηₜ = ∞ and Σηₜ² &lt; ∞ they
/// converge to it. Robbins and Monro, "A Stochastic Approximation Method", 1951, eq. (8). State: none.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 20, Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// TrainingResult result = new Trainer(new SGD(0.003), options).Fit(new LinearRegression(), data);
/// Console.WriteLine($"{data.SampleCount} samples, {result.Steps} steps");   // 442 samples, 8840 steps
/// </code></example>
/// <param name="learningRate">The rate η, finite and greater than 0; in units of parameter² per loss.</param>
/// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not greater than 0.</exception>
public sealed class SGD(double learningRate = 0.01) : Optimizer(learningRate, Batching.Mini(1))
{
    internal override bool IsPlainDescent => true;

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, GradientStep<T>>(default, length);
}

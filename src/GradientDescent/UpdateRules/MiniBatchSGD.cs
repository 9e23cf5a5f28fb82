using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Stochastic gradient descent on small batches.</summary>
/// <remarks>
/// <code>θ ← θ − η g</code>
/// g is the mean gradient of a batch, also of the shorter last batch of an epoch, so the rate need not be scaled with the batch size.
/// Bottou, Curtis and Nocedal, "Optimization Methods for Large-Scale Machine Learning", 2018, eq. (4.2). State: none.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 20, Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// TrainingResult result = new Trainer(new MiniBatchSGD(0.05, batchSize: 64), options).Fit(new LinearRegression(), data);
/// Console.WriteLine($"{data.SampleCount} samples, {result.Steps} steps");   // 442 samples, 140 steps
/// </code></example>
/// <param name="learningRate">The rate η, finite and greater than 0; in units of parameter² per loss.</param>
/// <param name="batchSize">The number of samples per step, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">
/// The rate is not finite or not greater than 0, or the batch size is less than 1.
/// </exception>
public sealed class MiniBatchSGD(double learningRate = 0.01, int batchSize = 32)
    : Optimizer(learningRate, Batching.Mini(Guard.AtLeast(batchSize, 1)))
{
    internal override bool IsPlainDescent => true;

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, GradientStep<T>>(default, length);
}

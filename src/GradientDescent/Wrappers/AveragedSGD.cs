namespace GradientDescent;

/// <summary>Stochastic gradient descent whose solution is the mean of its parameters.</summary>
/// <remarks>
/// <code>
/// θ ← θ − η g
/// θ̄ ← θ̄ + (θ − θ̄)/k       k: the number of averaged steps
/// </code>
/// With a constant rate the parameters fluctuate around the optimum, and their mean converges to it. Polyak and Juditsky, "Acceleration of
/// Stochastic Approximation by Averaging", 1992, eq. (2); Ruppert, 1988. State: one vector, one scalar.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingResult result = new Trainer(new AveragedSGD(0.01, start: Horizon.Epochs(10)), new() { MaxEpochs = 50 })
///     .Fit(new LinearRegression(), data);
/// Console.WriteLine($"loss {result.Loss:F0}");   // loss 2860
/// </code></example>
public sealed class AveragedSGD : AveragedOptimizer
{
    private readonly Horizon? _start;

    /// <summary>Creates the optimizer. The default batch size is 1; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in units of parameter² per loss.</param>
    /// <param name="start">The point of the run at which the mean begins; <see langword="null"/>: the first step.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not finite or not greater than 0.</exception>
    public AveragedSGD(double learningRate = 0.01, Horizon? start = null)
        : base(new SGD(learningRate), WeightAveraging.Polyak(start)) => _start = start;

    /// <inheritdoc/>
    public override IOptimizer CreateNew() => new AveragedSGD(LearningRate, _start);
}

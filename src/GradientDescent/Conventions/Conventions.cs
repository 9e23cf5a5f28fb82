namespace GradientDescent;

/// <summary>
/// Optimizers with the names, defaults and forms of other libraries: PyTorch, Keras and optax. They are for code and papers that are
/// ported.
/// </summary>
/// <remarks>
/// The forms are where ε stands, whether the velocity contains the rate, where sums and means start, and what weight decay is. Names of
/// arguments are those of the other library in C#'s spelling, except that the rate is <c>learningRate</c> and a pair of betas is two
/// numbers. Each is tested against stored trajectories, with a rate that changes. Where another library differs from the paper by mistake,
/// there is no mirror of the mistake. A weight decay applies to all parameters, intercepts included, as it does there; it wraps the
/// optimizer in <see cref="WeightDecay"/> unless the optimizer has a decay of its own. A run uses batches of 32 unless told otherwise.
/// </remarks>
/// <example><code>
/// double[] pytorch = [1], keras = [1];
/// Conventions.PyTorch.RMSprop(learningRate: 0.01).Update(pytorch, [1e-4]);   // ε outside the root
/// Conventions.Keras.RMSprop(learningRate: 0.01).Update(keras, [1e-4]);       // ε inside the root
/// Console.WriteLine($"{1 - pytorch[0]:F5} {1 - keras[0]:F5}");   // 0.09990 0.00315
/// </code></example>
public static partial class Conventions
{
    /// <summary>Adds coupled decay to all parameters.</summary>
    private static IOptimizer Coupled(IOptimizer optimizer, double weightDecay) => Decayed(optimizer, weightDecay, coupled: true);

    /// <summary>Adds decoupled decay to all parameters.</summary>
    private static IOptimizer Decoupled(IOptimizer optimizer, double weightDecay) => Decayed(optimizer, weightDecay, coupled: false);

    private static IOptimizer Decayed(IOptimizer optimizer, double weightDecay, bool coupled) =>
        Guard.FiniteNonNegative(weightDecay) == 0 ? optimizer : new WeightDecay(optimizer, weightDecay, coupled, onIntercepts: true);

    /// <summary>Plain descent, heavy-ball momentum or Nesterov's, as one class does in all three libraries.</summary>
    private static Optimizer Descent(double learningRate, double momentum, double dampening, bool nesterov, bool rateInVelocity) =>
        (momentum, nesterov) switch
        {
            (0, _) => new MiniBatchSGD(learningRate),
            (_, false) => new Momentum(learningRate, momentum, dampening, rateInVelocity),
            (_, true) => new Nesterov(learningRate, momentum, rateInVelocity: rateInVelocity),
        };
}

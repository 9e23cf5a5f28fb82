namespace GradientDescent;

/// <summary>An optimizer that can make a step on the parameters of a sparse gradient, without reading the others.</summary>
/// <remarks>See <see cref="TrainingOptions.SparseUpdates"/>. The optimizers of this library implement it if their rule treats each
/// parameter separately.</remarks>
/// <example><code>
/// double[] parameters = new double[1_000_000];
/// var gradient = new SparseGradient(parameters.Length);
/// gradient.Add(42, -2);
/// var optimizer = new AdaGrad(0.1);
/// ((ISparseOptimizer)optimizer).Update(parameters, gradient, optimizer.LearningRate);
/// Console.WriteLine($"{parameters[42]:F3}");   // 0.100
/// </code></example>
public interface ISparseOptimizer : IOptimizer
{
    /// <summary>Whether the optimizer takes sparse gradients. A rule that needs sums over all parameters does not.</summary>
    bool TakesSparseGradients => true;

    /// <summary>
    /// Whether a gradient of 0 changes neither a parameter nor its state. Then a step on the support is the step on all parameters.
    /// </summary>
    bool IgnoresZeroGradients { get; }

    /// <summary>Whether a step is θ ← θ − ηg. Then penalties on absolute values and squares have an exact sparse form.</summary>
    bool IsPlainDescent => false;

    /// <summary>Moves the parameters of the support by one step. The others, and their state, stay as they are.</summary>
    /// <param name="parameters">The vector θ, changed in place.</param>
    /// <param name="gradient">The gradient at θ.</param>
    /// <param name="learningRate">The rate η of this step, finite and at least 0.</param>
    void Update(Span<double> parameters, SparseGradient gradient, double learningRate);
}

namespace GradientDescent;

/// <summary>An optimization algorithm. It computes new parameters from the parameters, the gradient and the rate, in place.</summary>
/// <remarks>
/// An instance works on one parameter vector. A run calls <see cref="CreateNew"/>, uses the new instance, and calls <see cref="Bind"/> on
/// it and, to continue an earlier run, <see cref="SetState"/>. Implementations need not be thread-safe.
/// </remarks>
/// <example><code>
/// class SignDescent(double learningRate) : IOptimizer
/// {
///     public double LearningRate =&gt; learningRate;
///     public Batching Batching =&gt; Batching.Full;
///     public long StepCount { get; private set; }
///     public void Update(Span&lt;double&gt; parameters, ReadOnlySpan&lt;double&gt; gradient, double rate)
///     {
///         for (int i = 0; i &lt; parameters.Length; i++) parameters[i] -= rate * Math.Sign(gradient[i]);
///         StepCount++;
///     }
///     public IOptimizer CreateNew() =&gt; new SignDescent(learningRate);
///     public OptimizerState GetState() =&gt; new(nameof(SignDescent), StepCount);
///     public void SetState(OptimizerState state) =&gt; StepCount = state.StepCount;
/// }
/// </code></example>
public interface IOptimizer
{
    /// <summary>The base rate η, greater than 0; a trainer multiplies it by its schedule's factor.</summary>
    double LearningRate { get; }

    /// <summary>
    /// Whether the step depends on <see cref="LearningRate"/>. A solver that finds its steps itself returns <see langword="false"/> and has
    /// the rate 1; a trainer then refuses schedules, recovery and clipping.
    /// </summary>
    bool HasLearningRate => true;

    /// <summary>The number of samples that a step uses.</summary>
    Batching Batching { get; }

    /// <summary>The number of steps so far.</summary>
    long StepCount { get; }

    /// <summary>Moves the parameters by one step.</summary>
    /// <param name="parameters">The vector θ, changed in place.</param>
    /// <param name="gradient">The gradient at θ, as long as θ.</param>
    /// <param name="learningRate">The rate η of this step, finite and at least 0.</param>
    void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate);

    /// <summary>
    /// Moves the parameters by one step, with access to the objective. A trainer calls this overload. The default implementation replaces
    /// the gradient by the gradient mapping if the penalty is nonsmooth, and calls <see cref="Update(Span{double}, ReadOnlySpan{double},
    /// double)"/>.
    /// </summary>
    /// <param name="context">The parameters, gradient and rate of the step, and access to the objective.</param>
    void Update(ref UpdateContext context)
    {
        context.MapGradient();
        Update(context.Parameters, context.Gradient, context.LearningRate);
    }

    /// <summary>Sets the blocks of the parameter vector. It is called once, before the first step. Most algorithms ignore them.</summary>
    /// <param name="layout">The blocks.</param>
    /// <returns>The layout, in which the blocks that this optimizer does not change are marked as frozen.</returns>
    ParameterLayout Bind(ParameterLayout layout) => layout;

    /// <summary>
    /// Writes the solution: the point that is validated and returned, which can differ from the parameters that are trained.
    /// </summary>
    /// <param name="parameters">The parameters that are trained.</param>
    /// <param name="solution">The vector for the solution, as long as the parameters.</param>
    /// <returns>Whether the solution differs from the parameters.</returns>
    bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution)
    {
        parameters.CopyTo(solution);
        return false;
    }

    /// <summary>Creates an optimizer with the same settings and no state.</summary>
    IOptimizer CreateNew();

    /// <summary>Returns a copy of the state that the steps so far have produced. It does not contain the hyperparameters.</summary>
    OptimizerState GetState();

    /// <summary>Restores a saved state. The following steps give the same bits as in a run without interruption.</summary>
    /// <param name="state">A state that <see cref="GetState"/> of the same algorithm returned.</param>
    /// <exception cref="ArgumentException">
    /// The state belongs to another algorithm or does not match this optimizer; nothing is changed.
    /// </exception>
    void SetState(OptimizerState state);
}

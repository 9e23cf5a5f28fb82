namespace GradientDescent;

/// <summary>Turns parameters, gradient and rate into new parameters, in place.</summary>
/// <remarks>
/// An instance serves one parameter vector. A run works on <see cref="CreateNew"/>, then calls <see cref="Bind"/> and, to continue,
/// <see cref="SetState"/>. Implementations need not be thread-safe.
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

    /// <summary>The number of samples that a step takes.</summary>
    Batching Batching { get; }

    /// <summary>The number of steps so far.</summary>
    long StepCount { get; }

    /// <summary>Moves the parameters by one step.</summary>
    /// <param name="parameters">The vector θ, changed in place.</param>
    /// <param name="gradient">The gradient at θ, as long as θ.</param>
    /// <param name="learningRate">The rate η of this step, finite and at least 0.</param>
    void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate);

    /// <summary>
    /// Moves the parameters by one step, with access to the objective. A trainer calls this one. The default makes the gradient mapping of
    /// a nonsmooth penalty and calls <see cref="Update(Span{double}, ReadOnlySpan{double}, double)"/>.
    /// </summary>
    /// <param name="context">The step.</param>
    void Update(ref UpdateContext context)
    {
        context.MapGradient();
        Update(context.Parameters, context.Gradient, context.LearningRate);
    }

    /// <summary>Tells the optimizer the blocks of the vector, once, before the first update. Most rules have no use for them.</summary>
    /// <param name="layout">The blocks.</param>
    /// <returns>The layout, with the blocks marked that this optimizer leaves as they are.</returns>
    ParameterLayout Bind(ParameterLayout layout) => layout;

    /// <summary>Writes the point that is evaluated, validated and returned, where that is not the one that is trained at.</summary>
    /// <param name="parameters">The parameters that are trained.</param>
    /// <param name="solution">The solution, as long as the parameters, to be written.</param>
    /// <returns>Whether the solution is another point than the parameters.</returns>
    bool CopySolution(ReadOnlySpan<double> parameters, Span<double> solution)
    {
        parameters.CopyTo(solution);
        return false;
    }

    /// <summary>An optimizer with the same settings and no state.</summary>
    IOptimizer CreateNew();

    /// <summary>A copy of everything that the steps so far have left behind; never the hyperparameters.</summary>
    OptimizerState GetState();

    /// <summary>Continues from a saved state: the steps that follow give the same bits as if there had been no break.</summary>
    /// <param name="state">A state that <see cref="GetState"/> of the same algorithm returned.</param>
    /// <exception cref="ArgumentException">The state belongs to another algorithm or does not fit; nothing is changed.</exception>
    void SetState(OptimizerState state);
}

namespace GradientDescent;

/// <summary>Turns parameters, gradient and rate into new parameters, in place, and nothing else.</summary>
/// <remarks>
/// An instance serves one parameter vector. It knows no loss, no data, no schedule and no trainer. Implementations need not be thread-safe.
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
///     public OptimizerState GetState() =&gt; new(nameof(SignDescent), NumericPrecision.Double, 0, StepCount);
///     public void SetState(OptimizerState state) =&gt; StepCount = state.StepCount;
/// }
/// </code></example>
public interface IOptimizer
{
    /// <summary>The base rate η, greater than 0; a trainer multiplies it by its schedule's factor.</summary>
    double LearningRate { get; }

    /// <summary>How much data an update wants.</summary>
    Batching Batching { get; }

    /// <summary>Updates so far.</summary>
    long StepCount { get; }

    /// <summary>Moves the parameters by one update.</summary>
    /// <param name="parameters">The vector θ, changed in place.</param>
    /// <param name="gradient">The gradient at θ, as long as θ.</param>
    /// <param name="learningRate">The rate η of this update, finite and at least 0.</param>
    void Update(Span<double> parameters, ReadOnlySpan<double> gradient, double learningRate);

    /// <inheritdoc cref="Update(Span{double}, ReadOnlySpan{double}, double)"/>
    /// <exception cref="NotSupportedException">The optimizer has no single-precision version.</exception>
    void Update(Span<float> parameters, ReadOnlySpan<float> gradient, double learningRate) =>
        throw new NotSupportedException($"{GetType().Name} does not support single precision: implement Update for Span<float>, or use double.");

    /// <summary>An optimizer with the same settings and no state: what a training run works on.</summary>
    IOptimizer CreateNew();

    /// <summary>A copy of everything that the updates so far have left behind; never the hyperparameters.</summary>
    OptimizerState GetState();

    /// <summary>Continues from a saved state: the updates that follow give the same bits as if there had been no break.</summary>
    /// <exception cref="ArgumentException">The state belongs to another algorithm or does not fit; nothing is changed.</exception>
    void SetState(OptimizerState state);
}

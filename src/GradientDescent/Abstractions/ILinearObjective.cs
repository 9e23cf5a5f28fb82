namespace GradientDescent;

/// <summary>
/// A sum over samples whose losses depend on the parameters through scores that are linear in them: score k of sample i is Σ θⱼxᵢⱼ over the
/// parameters of output k. Each parameter belongs to one output.
/// </summary>
/// <remarks>
/// The gradient of a sample is its row times one derivative for each output. <see cref="SAGA"/> stores these derivatives instead of
/// gradients, and <see cref="NormalizedAdaptiveGradient"/> reads the rows. <see cref="EmpiricalRisk"/> implements the contract for linear
/// models. An intercept is a parameter whose xᵢⱼ is 1.
/// </remarks>
/// <example><code>
/// class Lines(double[] x, double[] y) : ILinearObjective   // Σ (θx − y)²
/// {
///     public int ParameterCount =&gt; 1;
///     public int SampleCount =&gt; x.Length;
///     public int OutputCount =&gt; 1;
///     public void Scores(ReadOnlySpan&lt;double&gt; parameters, in SampleBatch batch, Span&lt;double&gt; scores)
///     {
///         for (int i = 0; i &lt; batch.Count; i++) scores[i] = parameters[0] * x[batch[i]];
///     }
///     public LossSum Derivatives(ReadOnlySpan&lt;double&gt; scores, in SampleBatch batch, Span&lt;double&gt; derivatives)
///     {
///         double sum = 0;
///         for (int i = 0; i &lt; batch.Count; i++)
///         {
///             double error = scores[i] - y[batch[i]];
///             sum += error * error;
///             derivatives[i] = 2 * error;
///         }
///         return new LossSum(sum, batch.Count);
///     }
///     public void AddRows(in SampleBatch batch, ReadOnlySpan&lt;double&gt; factors, Span&lt;double&gt; gradient)
///     {
///         for (int i = 0; i &lt; batch.Count; i++) gradient[0] += factors[i] * x[batch[i]];
///     }
///     public LossSum Add(ReadOnlySpan&lt;double&gt; parameters, in SampleBatch batch, Span&lt;double&gt; gradient)
///     {
///         double[] scores = new double[batch.Count], derivatives = new double[batch.Count];
///         Scores(parameters, in batch, scores);
///         LossSum sum = Derivatives(scores, in batch, derivatives);
///         if (!gradient.IsEmpty) AddRows(in batch, derivatives, gradient);
///         return sum;
///     }
/// }
/// </code></example>
public interface ILinearObjective : IStochasticObjective
{
    /// <summary>Whether the scores are linear in the parameters. <see cref="EmpiricalRisk"/> has models for which they are not.</summary>
    bool IsLinear => true;

    /// <summary>The number K of scores of a sample, at least 1.</summary>
    int OutputCount { get; }

    /// <summary>
    /// The largest wᵢcᵢ‖xᵢ‖² of all samples, where cᵢ bounds the second derivative of ℓᵢ by the scores; <see langword="null"/> if it is not
    /// known. Rates that follow from the curvature need it.
    /// </summary>
    double? LargestCurvature => null;

    /// <summary>Writes the scores of samples.</summary>
    /// <param name="parameters">The parameters, <see cref="IStochasticObjective.ParameterCount"/> numbers.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="scores">The K scores of the first sample, then those of the second, and so on.</param>
    void Scores(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> scores);

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) at given scores and writes the derivatives of wᵢℓᵢ by them.</summary>
    /// <param name="scores">The scores, in the order of <see cref="Scores"/>.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="derivatives">The derivatives, as long as the scores; 0 for a sample of the weight 0.</param>
    LossSum Derivatives(ReadOnlySpan<double> scores, in SampleBatch batch, Span<double> derivatives);

    /// <summary>Adds Σ fᵢₖxᵢⱼ to entry j of a gradient, where k is the output of parameter j.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="factors">The factors f, in the order of the scores.</param>
    /// <param name="gradient">The vector that is added to, as long as the parameters.</param>
    void AddRows(in SampleBatch batch, ReadOnlySpan<double> factors, Span<double> gradient);
}

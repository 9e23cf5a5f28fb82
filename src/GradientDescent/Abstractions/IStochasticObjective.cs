namespace GradientDescent;

/// <summary>A sum over samples. It can be evaluated on any part of the samples.</summary>
/// <remarks>
/// A trainer minimises Scale · Σ wᵢℓᵢ / Σ wᵢ + penalty. The trainer computes the mean, so that samples can be distributed over batches,
/// threads and processes. Your own objective implements <see cref="ParameterCount"/>, <see cref="SampleCount"/> and <see cref="Add"/>; it
/// is called by one thread at a time.
/// </remarks>
/// <example><code>
/// class Distances(double[] points) : IStochasticObjective   // Σ (θ − xᵢ)²
/// {
///     public int ParameterCount =&gt; 1;
///     public int SampleCount =&gt; points.Length;
///     public LossSum Add(ReadOnlySpan&lt;double&gt; parameters, in SampleBatch batch, Span&lt;double&gt; gradient)
///     {
///         double sum = 0;
///         foreach (int i in batch)
///         {
///             double error = parameters[0] - points[i];
///             sum += error * error;
///             if (!gradient.IsEmpty) gradient[0] += 2 * error;
///         }
///
///         return new LossSum(sum, batch.Count);
///     }
/// }
/// </code></example>
public interface IStochasticObjective
{
    /// <summary>The number of parameters, at least 1.</summary>
    int ParameterCount { get; }

    /// <summary>The number of samples, at least 1.</summary>
    int SampleCount { get; }

    /// <summary>The blocks of the parameter vector; one block unless overridden.</summary>
    ParameterLayout Layout => ParameterLayout.Flat(ParameterCount);

    /// <summary>The factor on the mean loss, finite and greater than 0: 1 minimises the mean, the total weight minimises the sum.</summary>
    double Scale => 1;

    /// <summary>
    /// The regularization that a trainer adds to the scaled mean; <see langword="null"/>: none. It uses <see cref="Layout"/>.
    /// </summary>
    IPenalty? Penalty => null;

    /// <summary>
    /// The ranks that share the work of a sum over all samples: each evaluates some parts of the samples, and every rank gets the sum.
    /// <see langword="null"/>: this process works alone.
    /// </summary>
    /// <remarks>
    /// The samples have the same numbers on all ranks, and each rank can evaluate each of them. Mini-batches are evaluated by all ranks.
    /// </remarks>
    ICollective? Collective => null;

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) over the given samples and adds Σ wᵢ∇ℓᵢ to <paramref name="gradient"/>.</summary>
    /// <param name="parameters">The parameters to evaluate at, <see cref="ParameterCount"/> numbers.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="gradient">
    /// The vector to which the gradient is added, as long as <paramref name="parameters"/>; empty: only the value is computed.
    /// </param>
    LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient);

    /// <summary>
    /// Evaluates consecutive parts of a batch separately. The result of a part must not depend on the others. The default calls
    /// <see cref="Add"/> for each part; override it to evaluate parts on several threads.
    /// </summary>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="batch">The samples of all parts.</param>
    /// <param name="partLength">The number of samples in a part; the last part has the rest.</param>
    /// <param name="gradients">
    /// The vector for the gradients Σ wᵢ∇ℓᵢ of the parts, one after another; empty: only the values are computed.
    /// </param>
    /// <param name="sums">The span for the sum of each part.</param>
    void EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength, Span<double> gradients, Span<LossSum> sums)
    {
        gradients.Clear();
        int length = gradients.Length / sums.Length;
        for (int k = 0; k < sums.Length; k++)
        {
            int start = k * partLength;
            SampleBatch part = batch.Slice(start, Math.Min(partLength, batch.Count - start));
            sums[k] = Add(parameters, in part, gradients.Slice(k * length, length));
        }
    }
}

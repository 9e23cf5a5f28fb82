namespace GradientDescent;

/// <summary>
/// A sum over samples in which each sample depends on few of the parameters, so that a step costs as much as these, not as all parameters.
/// </summary>
/// <remarks>
/// For mini-batches a trainer calls <see cref="AddSupport"/>, brings the parameters of the support up to date, and calls
/// <see cref="Add(ReadOnlySpan{double}, in SampleBatch, SparseGradient)"/>, which may read no other parameters. See
/// <see cref="TrainingOptions.SparseUpdates"/>. Full batches and optimizers without a sparse form use
/// <see cref="IStochasticObjective.Add"/>. <see cref="EmpiricalRisk"/> is sparse for a linear model and a sparse <see cref="Dataset"/>.
/// </remarks>
/// <example><code>
/// // A rating is the product of a number of its user and a number of its item.
/// class Ratings((int User, int Item, double Stars)[] ratings, int users, int items) : ISparseObjective
/// {
///     public int ParameterCount =&gt; users + items;
///     public int SampleCount =&gt; ratings.Length;
///     public void AddSupport(in SampleBatch batch, SparseGradient gradient)
///     {
///         foreach (int i in batch) { gradient.Include(ratings[i].User); gradient.Include(users + ratings[i].Item); }
///     }
///     public LossSum Add(ReadOnlySpan&lt;double&gt; p, in SampleBatch batch, SparseGradient gradient)
///     {
///         double sum = 0;
///         foreach (int i in batch)
///         {
///             int u = ratings[i].User, v = users + ratings[i].Item;
///             double error = p[u] * p[v] - ratings[i].Stars;
///             sum += error * error;
///             gradient.Add(u, 2 * error * p[v]);
///             gradient.Add(v, 2 * error * p[u]);
///         }
///         return new LossSum(sum, batch.Count);
///     }
///     public LossSum Add(ReadOnlySpan&lt;double&gt; p, in SampleBatch batch, Span&lt;double&gt; gradient)
///     {
///         var sparse = new SparseGradient(ParameterCount);
///         LossSum sum = Add(p, in batch, sparse);
///         for (int k = 0; k &lt; sparse.Count &amp;&amp; !gradient.IsEmpty; k++) gradient[sparse.Indices[k]] += sparse.Values[k];
///         return sum;
///     }
/// }
/// </code></example>
public interface ISparseObjective : IStochasticObjective
{
    /// <summary>Whether samples depend on few parameters. <see cref="EmpiricalRisk"/> has data and models for which they do not.</summary>
    bool IsSparse => true;

    /// <summary>Adds the parameters that the losses of the samples depend on to the support of a gradient.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="gradient">The gradient, without entries.</param>
    void AddSupport(in SampleBatch batch, SparseGradient gradient);

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) over the samples and adds Σ wᵢ∇ℓᵢ to a gradient.</summary>
    /// <param name="parameters">The parameters; only those of the support of these samples may be read.</param>
    /// <param name="batch">The samples.</param>
    /// <param name="gradient">The gradient; its support is that of <see cref="AddSupport"/> for the same samples.</param>
    LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, SparseGradient gradient);
}

namespace GradientDescent;

/// <summary>Evaluates blocks of samples, with memory of its own. One thread uses it at a time.</summary>
internal interface IBlockWorker
{
    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) over a block and adds Σ wᵢ∇ℓᵢ to the gradient, unless that is empty.</summary>
    LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient);
}

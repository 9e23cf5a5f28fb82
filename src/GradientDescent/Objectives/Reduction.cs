namespace GradientDescent;

/// <summary>Whether an empirical risk is the mean or the sum of the samples' losses.</summary>
public enum Reduction
{
    /// <summary>Σ wᵢℓᵢ / Σ wᵢ: a good rate does not depend on the number of samples.</summary>
    Mean,

    /// <summary>Σ wᵢℓᵢ. A mini-batch's value and gradient are scaled up to all samples, so that they are right on average.</summary>
    Sum,
}

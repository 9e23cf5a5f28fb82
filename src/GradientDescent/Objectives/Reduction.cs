using System.Text.Json.Serialization;

namespace GradientDescent;

/// <summary>Whether an empirical risk is the mean or the sum of the samples' losses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Reduction>))]
public enum Reduction
{
    /// <summary>Σ wᵢℓᵢ / Σ wᵢ. A good rate does not depend on the number of samples.</summary>
    Mean,

    /// <summary>Σ wᵢℓᵢ. Value and gradient of a mini-batch are scaled to the number of all samples, so they are unbiased.</summary>
    Sum,
}

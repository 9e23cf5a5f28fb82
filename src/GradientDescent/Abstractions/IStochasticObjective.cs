namespace GradientDescent;

/// <summary>A sum over samples, of which any part can be evaluated.</summary>
public interface IStochasticObjective
{
    /// <summary>Number of parameters, at least 1.</summary>
    int ParameterCount { get; }

    /// <summary>Number of samples, at least 1.</summary>
    int SampleCount { get; }

    /// <summary>A price on large parameters that whoever calls adds to the mean; <see langword="null"/>: none. For an objective of your own it is on all parameters.</summary>
    IPenalty? Penalty => null;

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) over the given samples and adds Σ wᵢ∇ℓᵢ to <paramref name="gradient"/>. Who calls divides by Σ wᵢ.</summary>
    /// <param name="parameters">Where, <see cref="ParameterCount"/> numbers.</param>
    /// <param name="samples">Which samples: indices from 0; a trainer passes them in ascending order.</param>
    /// <param name="gradient">Added to, as long as <paramref name="parameters"/>; empty asks for the value alone.</param>
    LossSum Add(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, Span<double> gradient);
}

/// <summary>A weighted sum of losses.</summary>
/// <param name="Loss">Σ wᵢℓᵢ.</param>
/// <param name="Weight">Σ wᵢ.</param>
public readonly record struct LossSum(double Loss, double Weight)
{
    /// <summary>The weighted mean Σ wᵢℓᵢ / Σ wᵢ; 0 where all weights are 0.</summary>
    public double Mean => Weight == 0 ? 0 : Loss / Weight;

    /// <summary>The sum over both parts.</summary>
    public static LossSum operator +(LossSum left, LossSum right) => new(left.Loss + right.Loss, left.Weight + right.Weight);

    /// <summary>The sum over both parts.</summary>
    public static LossSum Add(LossSum left, LossSum right) => left + right;

    /// <summary>Sum and weight.</summary>
    public override string ToString() => Format.Text($"{Loss} over weight {Weight}");
}

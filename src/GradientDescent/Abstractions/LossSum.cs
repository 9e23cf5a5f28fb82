namespace GradientDescent;

/// <summary>A weighted sum of losses.</summary>
/// <param name="Loss">The weighted sum Σ wᵢℓᵢ.</param>
/// <param name="Weight">The sum of the weights Σ wᵢ.</param>
public readonly record struct LossSum(double Loss, double Weight)
{
    /// <summary>The weighted mean Σ wᵢℓᵢ / Σ wᵢ; 0 if all weights are 0.</summary>
    public double Mean => Weight == 0 ? 0 : Loss / Weight;

    /// <summary>The sum over both parts.</summary>
    public static LossSum operator +(LossSum left, LossSum right) => new(left.Loss + right.Loss, left.Weight + right.Weight);

    /// <summary>The sum over both parts.</summary>
    public static LossSum Add(LossSum left, LossSum right) => left + right;

    /// <summary>Returns the sum and its weight as text.</summary>
    public override string ToString() => Format.Text($"{Loss} over weight {Weight}");
}

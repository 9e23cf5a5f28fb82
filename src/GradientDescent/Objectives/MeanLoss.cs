using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Converts sums over samples to the mean that is optimised, in the two steps that follow every evaluation.</summary>
internal static class MeanLoss
{
    /// <summary>Divides the gradient by the weight and multiplies gradient and loss by the objective's scale.</summary>
    /// <param name="sum">The sums Σ wᵢℓᵢ and Σ wᵢ.</param>
    /// <param name="scale">The factor on the mean.</param>
    /// <param name="gradient">Σ wᵢ∇ℓᵢ, changed to the gradient of the scaled mean; may be empty.</param>
    public static LossSum TakeMean(this LossSum sum, double scale, Span<double> gradient)
    {
        if (sum.Weight is not (0 or 1))
            Reductions.Divide(gradient, sum.Weight);
        if (scale == 1)
            return sum;
        Reductions.Multiply(gradient, scale);
        return sum with { Loss = scale * sum.Loss };
    }

    /// <summary>Adds the value of the penalty, and the gradient of its smooth part.</summary>
    /// <param name="sum">The sums after <see cref="TakeMean"/>.</param>
    /// <param name="penalty">The penalty, if any.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">The gradient, changed in place; may be empty.</param>
    public static LossSum AddPenalty(this LossSum sum, PenaltyTerm? penalty, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        if (penalty is null)
            return sum;
        if (!gradient.IsEmpty)
            penalty.AddGradient(parameters, gradient);
        return sum with { Loss = sum.Loss + sum.Weight * penalty.Value(parameters) };
    }
}

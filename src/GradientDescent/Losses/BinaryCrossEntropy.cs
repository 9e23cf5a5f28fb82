using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Cross-entropy of two classes from scores (log-odds, never probabilities): ℓ = ln(1 + e^ŷ) − y·ŷ for y = 0 or 1.</summary>
/// <remarks>
/// Computed as ln(1 + e^z) with z = ŷ for y = 0 and z = −ŷ for y = 1, in a form that neither overflows nor cancels; the derivative is ±1/(1 + e^−z), so small
/// gradients keep all their digits. Cox, "The Regression Analysis of Binary Sequences", 1958.
/// </remarks>
public sealed class BinaryCrossEntropy : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            double sign = targets[i] == 0 ? 1 : -1;
            double z = sign * predictions[i];
            sum += weight * Elementary.Of<Softplus>(z);
            if (!derivatives.IsEmpty)
                derivatives[i] = weight * (sign * Elementary.Sigmoid(z));
        }

        return sum;
    }

    /// <inheritdoc/>
    public string? ShapeObjection(int scoresPerTarget) =>
        scoresPerTarget == 1 ? null : Guard.Text($"BinaryCrossEntropy takes one score per target, the model gives {scoresPerTarget}");

    /// <inheritdoc/>
    public string? TargetObjection(double target, int scoresPerTarget) => target is 0 or 1 ? null : "BinaryCrossEntropy takes the labels 0 and 1";
}

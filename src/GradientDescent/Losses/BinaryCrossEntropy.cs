using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Cross-entropy of two classes from scores (log-odds, never probabilities): ℓ = ln(1 + e^ŷ) − y·ŷ for y = 0 or 1.</summary>
/// <remarks>
/// Computed as ln(1 + e^z) with z = ŷ for y = 0 and z = −ŷ for y = 1, in a form that neither overflows nor cancels; the derivative is ±1/(1 + e^−z), so small
/// gradients keep all their digits. A sample's bits do not depend on those beside it; the losses are added one after the other.
/// Cox, "The Regression Analysis of Binary Sequences", 1958.
/// </remarks>
public sealed class BinaryCrossEntropy : ILoss
{
    private const int BlockLength = 64;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
    {
        Span<double> losses = stackalloc double[BlockLength];
        double sum = 0;
        for (int start = 0; start < targets.Length; start += BlockLength)
        {
            int count = Math.Min(BlockLength, targets.Length - start);
            PackLoop.Run(
                new LogisticLoss(
                    predictions.Slice(start, count),
                    targets.Slice(start, count),
                    weights.IsEmpty ? [] : weights.Slice(start, count),
                    losses,
                    derivatives.IsEmpty ? [] : derivatives.Slice(start, count)),
                count);
            foreach (double loss in losses[..count])
                sum += loss;
        }

        return sum;
    }

    /// <inheritdoc/>
    public string? ShapeObjection(int scoresPerTarget) =>
        scoresPerTarget == 1 ? null : Guard.Text($"BinaryCrossEntropy takes one score per target, the model gives {scoresPerTarget}");

    /// <inheritdoc/>
    public string? TargetObjection(double target, int scoresPerTarget) => target is 0 or 1 ? null : "BinaryCrossEntropy takes the labels 0 and 1";

    /// <summary>p(1 − p) ≤ ¼.</summary>
    public double? MaxCurvature => 0.25;
}

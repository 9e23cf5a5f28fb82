using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Cross-entropy of K classes from scores (logits, never probabilities): ℓ = ln Σⱼ e^ŷⱼ − ŷ_y, where the target y is the class index.</summary>
/// <remarks>
/// The largest score is taken off first, so nothing overflows, and its own term stays out of the sum under the logarithm, so a sure and right
/// prediction keeps the digits of its small loss. The derivative is softmax(ŷ)ⱼ − [j = y], the latter computed from the other
/// classes without cancellation. Bridle, "Probabilistic Interpretation of Feedforward Classification Network Outputs", 1990.
/// </remarks>
public sealed class CategoricalCrossEntropy : ILoss
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives)
    {
        int classes = predictions.Length / Math.Max(targets.Length, 1);
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            Span<double> gradient = derivatives.IsEmpty ? derivatives : derivatives.Slice(i * classes, classes);
            sum += weight * EvaluateOne(predictions.Slice(i * classes, classes), (int)targets[i], weight, gradient);
        }

        return sum;
    }

    /// <inheritdoc/>
    public string? ShapeObjection(int scoresPerTarget) => scoresPerTarget >= 2
        ? null
        : Guard.Text($"CategoricalCrossEntropy takes a score for each of at least 2 classes, the model gives {scoresPerTarget}");

    /// <inheritdoc/>
    public string? TargetObjection(double target, int scoresPerTarget) => target >= 0 && target < scoresPerTarget && target == Math.Floor(target)
        ? null
        : Guard.Text($"CategoricalCrossEntropy with {scoresPerTarget} classes takes whole labels from 0 to {scoresPerTarget - 1}");

    private static double EvaluateOne(ReadOnlySpan<double> scores, int label, double weight, Span<double> gradient)
    {
        int top = Reductions.IndexOfMax(scores);
        double exceptTop = 0, exceptLabel = 0;
        for (int j = 0; j < scores.Length; j++)
        {
            double exponential = Elementary.Exp(scores[j] - scores[top]);
            if (j != top)
                exceptTop += exponential;
            if (j != label)
                exceptLabel += exponential;
            if (!gradient.IsEmpty)
                gradient[j] = exponential;
        }

        double total = 1 + exceptTop;
        if (!gradient.IsEmpty)
        {
            for (int j = 0; j < gradient.Length; j++)
                gradient[j] = weight * (j == label ? -exceptLabel / total : gradient[j] / total);
        }

        return scores[top] - scores[label] + Elementary.Of<LogarithmOfOnePlus>(exceptTop);
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Cross-entropy of K classes from scores (logits, not probabilities): ℓ = ln Σⱼ e^ŷⱼ − ŷ_y, where the target y is the class index.
/// </summary>
/// <remarks>
/// Label smoothing replaces ŷ_y by (1 − α)ŷ_y + α/K Σⱼ ŷⱼ, which keeps the model from extreme scores. The largest score is subtracted
/// first, so nothing overflows, and its own term is not part of the sum inside the logarithm, so the small loss of a confident and correct
/// prediction keeps its digits. The derivative is softmax(ŷ)ⱼ − [j = y]; for j = y it is computed from the other classes without
/// cancellation. A sample's bits do not depend on the other samples; the losses are added one after the other. Bridle, "Probabilistic
/// Interpretation of Feedforward Classification Network Outputs", 1990; smoothing: Szegedy et al., "Rethinking the Inception Architecture
/// for Computer Vision", 2016, section 7.
/// </remarks>
/// <example><code>
/// var data = Dataset.From([1, 2, 3, 4, 5, 6], [0, 0, 1, 2, 1, 2]);   // classes 0, 1, 2
/// var model = new SoftmaxRegression(classCount: 3);
/// new Trainer(new Adam(0.05)).Fit(model, data, new CategoricalCrossEntropy(labelSmoothing: 0.1));
/// Console.WriteLine(model.Predict(1));   // 0
/// </code></example>
public sealed record CategoricalCrossEntropy : ILoss
{
    private const int BlockLength = 512;
    private const int MinRows = 8; // the widest pack
    private const int MaxRows = 64;

    private readonly double _labelSmoothing;

    /// <summary>Creates the loss.</summary>
    /// <param name="labelSmoothing">The share α of a label that is divided evenly among all classes, at least 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is outside its interval.</exception>
    public CategoricalCrossEntropy(double labelSmoothing = 0) => _labelSmoothing = Guard.Fraction(labelSmoothing);

    /// <inheritdoc/>
    [SkipLocalsInit] // every number is written before it is read
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights,
        Span<double> derivatives)
    {
        int classes = predictions.Length / Math.Max(targets.Length, 1);
        int stride = Math.Clamp(BlockLength / Math.Max(classes, 1) & -MinRows, MinRows, MaxRows);
        double[]? rented = stride * classes > BlockLength ? ArrayPool<double>.Shared.Rent(stride * classes) : null;
        Span<double> block = rented ?? stackalloc double[BlockLength];
        Span<double> losses = stackalloc double[MaxRows];
        double sum = 0;
        for (int start = 0; start < targets.Length; start += stride)
        {
            int count = Math.Min(stride, targets.Length - start);
            ReadOnlySpan<double> labels = targets.Slice(start, count);
            ReadOnlySpan<double> scores = predictions.Slice(start * classes, count * classes);
            ToColumns(scores, classes, block, stride);
            for (int i = 0; i < count; i++)
                losses[i] = scores.Slice(i * classes, classes)[(int)labels[i]];
            PackLoop.Run(
                new SoftmaxLoss(
                    block, stride, classes, labels, weights.IsEmpty ? [] : weights.Slice(start, count), losses, _labelSmoothing,
                        derive: !derivatives.IsEmpty),
                count);
            foreach (double loss in losses[..count])
                sum += loss;
            if (!derivatives.IsEmpty)
                ToRows(block, stride, classes, derivatives.Slice(start * classes, count * classes));
        }

        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
        return sum;
    }

    /// <inheritdoc/>
    public string? ValidateShape(int scoresPerTarget) => scoresPerTarget >= 2
        ? null
        : Format.Text($"CategoricalCrossEntropy takes a score for each of at least 2 classes, the model gives {scoresPerTarget}");

    /// <inheritdoc/>
    public string? ValidateTarget(double target, int scoresPerTarget) =>
        target >= 0 && target < scoresPerTarget && target == Math.Floor(target)
        ? null
        : Format.Text($"CategoricalCrossEntropy with {scoresPerTarget} classes takes whole labels from 0 to {scoresPerTarget - 1}");

    /// <summary>½: the largest eigenvalue of diag(p) − ppᵀ. Böhning, "Multinomial Logistic Regression Algorithm", 1992.</summary>
    public double? MaxCurvature => 0.5;

    /// <summary>The loss and its settings.</summary>
    public override string ToString() =>
        _labelSmoothing == 0 ? "CategoricalCrossEntropy" : Format.Text($"CategoricalCrossEntropy({_labelSmoothing})");

    /// <summary>The scores of a class in consecutive places: a pack has one sample in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToColumns(ReadOnlySpan<double> rows, int classes, Span<double> columns, int stride)
    {
        for (int i = 0, start = 0; start < rows.Length; i++, start += classes)
        {
            for (int j = 0; j < classes; j++)
                columns[j * stride + i] = rows[start + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ToRows(ReadOnlySpan<double> columns, int stride, int classes, Span<double> rows)
    {
        for (int i = 0, start = 0; start < rows.Length; i++, start += classes)
        {
            for (int j = 0; j < classes; j++)
                rows[start + j] = columns[j * stride + i];
        }
    }
}

using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Absolute error ℓ = |ŷ − y|; its derivative is the sign of ŷ − y. A constant prediction that minimises it is a median.</summary>
/// <remarks>
/// At ŷ = y the derivative is 0, the shortest of the subgradients [−1, 1]. The slope is as steep beside the optimum as far from it: with a constant rate the parameters end
/// in steps to and fro, so let a schedule bring the rate down. Over a data set the mean is taken over the samples and, where a sample has several targets, over these too.
/// Boscovich, 1757.
/// </remarks>
public sealed record MeanAbsoluteError : ILoss
{
    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> predictions, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, Span<double> derivatives) =>
        PointLoss.Sum(new MeanAbsoluteErrorFormula(), predictions, targets, weights, derivatives);

    /// <inheritdoc/>
    public string? ShapeObjection(int scoresPerTarget) => PointLoss.ShapeObjection(this, scoresPerTarget);

    /// <inheritdoc/>
    public (ILoss Loss, double Factor)? Rescaled(double scale) => (this, scale);

    /// <summary>The loss and its settings.</summary>
    public override string ToString() => "MeanAbsoluteError";
}

internal readonly struct MeanAbsoluteErrorFormula : IPointLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V error = score - target, size = V.Abs(error);
        derivative = PointLoss.Signed(V.WhereGreater(size, V.Fill(0), V.Fill(1), V.Fill(0)), error);
        return size;
    }
}

using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>ℓ = max(0, 1 − s·ŷ)², without ½, for the label 0 or 1, which is mapped to s = −1 or +1 internally.</summary>
/// <remarks>
/// The derivative is −2s max(0, 1 − s·ŷ); it exists everywhere. As with <see cref="HingeLoss"/>, the score is a distance from the boundary,
/// not log-odds.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5, 6], label = [0, 0, 1, 0, 1, 1];
/// var model = new LogisticRegression();
/// new Trainer(new BatchGD(0.1)).Fit(model, Dataset.From(x, label), new SquaredHingeLoss());
/// Console.WriteLine(model.Predict(6));   // True
/// </code></example>
public sealed record SquaredHingeLoss : PointwiseLoss
{
    /// <inheritdoc/>
    public override string? ValidateTarget(double target, int scoresPerTarget) => ValidateLabel(target);

    /// <summary>2, which is the second derivative where s·ŷ &lt; 1.</summary>
    public override double? MaxCurvature => 2;

    private protected override double Sum(in LossBlock block) => block.Sum(new SquaredHingeFormula());
}

internal readonly struct SquaredHingeFormula : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V sign = 2.0 * target + -1;
        V slack = LaneFunctions.PositivePart(V.Fill(1) - sign * score);
        derivative = V.Fill(0) - 2.0 * (sign * slack);
        return slack * slack;
    }
}

using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The support vector machine's loss ℓ = max(0, 1 − s·ŷ) for the label 0 or 1, which is mapped to s = −1 or +1 internally.
/// </summary>
/// <remarks>
/// The derivative is −s where s·ŷ &lt; 1, else 0; at s·ŷ = 1 that is the shortest subgradient. The score is a distance from the boundary,
/// not log-odds: a model trained with this loss predicts classes, and its probabilities have no meaning. Cortes and Vapnik, "Support-Vector
/// Networks", 1995.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5, 6], label = [0, 0, 1, 0, 1, 1];
/// var model = new LogisticRegression();
/// var options = new TrainingOptions { Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// new Trainer(new BatchGD(0.1), options).Fit(model, Dataset.From(x, label), new HingeLoss());
/// Console.WriteLine(model.Predict(6));   // True
/// </code></example>
public sealed record HingeLoss : PointwiseLoss
{
    /// <inheritdoc/>
    public override string? ValidateTarget(double target, int scoresPerTarget) => ValidateLabel(target);

    private protected override double Sum(in LossBlock block) => block.Sum(new HingeFormula());
}

internal readonly struct HingeFormula : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V sign = 2.0 * target + -1;
        V slack = LaneFunctions.PositivePart(V.Fill(1) - sign * score);
        derivative = V.WhereGreater(slack, V.Fill(0), V.Fill(0) - sign, V.Fill(0));
        return slack;
    }
}

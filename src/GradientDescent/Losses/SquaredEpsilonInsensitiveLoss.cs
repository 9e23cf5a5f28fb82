using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>ℓ = max(0, |ŷ − y| − ε)², without ½: as <see cref="EpsilonInsensitiveLoss"/>, but smooth at the edge of the band.</summary>
/// <remarks>The derivative is 2 max(0, |ŷ − y| − ε) with the sign of ŷ − y; it exists everywhere.</remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5], y = [2, 4, 6, 8, 100];   // twice x, and an outlier
/// var model = new LinearRegression();
/// new Trainer(new BatchGD(0.1)).Fit(model, Dataset.From(x, y), new SquaredEpsilonInsensitiveLoss(0.5));
/// var loss = new SquaredEpsilonInsensitiveLoss(0.5);
/// Console.WriteLine(loss.Evaluate(predictions: [5], targets: [2], weights: [], derivatives: []));   // 6.25
/// </code></example>
public sealed record SquaredEpsilonInsensitiveLoss : PointwiseLoss
{
    private readonly double _epsilon;

    /// <summary>Creates the loss.</summary>
    /// <param name="epsilon">
    /// Half of the band's width ε, finite and at least 0; in the targets' unit. At 0 this is <see cref="MeanSquaredError"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public SquaredEpsilonInsensitiveLoss(double epsilon = 0.1) => _epsilon = Guard.FiniteNonNegative(epsilon);

    /// <inheritdoc/>
    public override (ILoss Loss, double Factor)? Rescaled(double scale) =>
        double.IsFinite(_epsilon / scale) ? (new SquaredEpsilonInsensitiveLoss(_epsilon / scale), scale * scale) : null;

    /// <summary>2, which is the second derivative outside the band.</summary>
    public override double? MaxCurvature => 2;

    private protected override FormattableString? Settings => $"{_epsilon}";

    private protected override double Sum(in LossBlock block) => block.Sum(new SquaredEpsilonInsensitiveFormula(_epsilon));
}

internal readonly struct SquaredEpsilonInsensitiveFormula(double epsilon) : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V error = score - target;
        V excess = LaneFunctions.PositivePart(V.Abs(error) + -epsilon);
        derivative = LaneFunctions.Signed(2.0 * excess, error);
        return excess * excess;
    }
}

using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Support vector regression's loss ℓ = max(0, |ŷ − y| − ε): errors up to ε cost nothing.</summary>
/// <remarks>
/// The derivative is the sign of ŷ − y where |ŷ − y| &gt; ε, else 0; at |ŷ − y| = ε that is the shortest subgradient. Vapnik, "The Nature
/// of Statistical Learning Theory", 1995.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5], y = [2, 4, 6, 8, 100];   // twice x, and an outlier
/// var model = new LinearRegression();
/// var options = new TrainingOptions { Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// new Trainer(new BatchGD(0.1), options).Fit(model, Dataset.From(x, y), new EpsilonInsensitiveLoss(0.5));
/// Console.WriteLine(new EpsilonInsensitiveLoss(0.5).Evaluate(predictions: [5], targets: [2], weights: [], derivatives: []));   // 2.5
/// </code></example>
public sealed record EpsilonInsensitiveLoss : PointwiseLoss
{
    private readonly double _epsilon;

    /// <summary>Creates the loss.</summary>
    /// <param name="epsilon">
    /// Half of the band's width ε, finite and at least 0; in the targets' unit. At 0 this is <see cref="MeanAbsoluteError"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public EpsilonInsensitiveLoss(double epsilon = 0.1) => _epsilon = Guard.FiniteNonNegative(epsilon);

    /// <inheritdoc/>
    public override (ILoss Loss, double Factor)? Rescaled(double scale) =>
        double.IsFinite(_epsilon / scale) ? (new EpsilonInsensitiveLoss(_epsilon / scale), scale) : null;

    private protected override FormattableString? Settings => $"{_epsilon}";

    private protected override double Sum(in LossBlock block) => block.Sum(new EpsilonInsensitiveFormula(_epsilon));
}

internal readonly struct EpsilonInsensitiveFormula(double epsilon) : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V error = score - target, size = V.Abs(error);
        derivative = LaneFunctions.Signed(V.WhereGreater(size, V.Fill(epsilon), V.Fill(1), V.Fill(0)), error);
        return LaneFunctions.PositivePart(size + -epsilon);
    }
}

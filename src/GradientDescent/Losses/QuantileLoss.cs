using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// The pinball loss ℓ = τ(y − ŷ) for a prediction that is too low, (1 − τ)(ŷ − y) for one that is too high: predicts the τ-quantile.
/// </summary>
/// <remarks>
/// The derivative is −τ below the target and 1 − τ above; at ŷ = y it is 0, the shortest of the subgradients [−τ, 1 − τ]. With τ = ½ it is
/// half of <see cref="MeanAbsoluteError"/>. As with that loss, use a schedule that lowers the rate. Koenker and Bassett, "Regression
/// Quantiles", 1978.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model = new LinearRegression();   // predicts a value above nine of ten patients
/// var options = new TrainingOptions { Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// new Trainer(new Adam(0.1), options).Fit(model, data, new QuantileLoss(tau: 0.9));
/// Console.WriteLine(new QuantileLoss(tau: 0.75).Evaluate(predictions: [2], targets: [5], weights: [], derivatives: []));   // 2.25
/// </code></example>
public sealed record QuantileLoss : PointwiseLoss
{
    private readonly double _tau;

    /// <summary>Creates the loss.</summary>
    /// <param name="tau">The share τ of the targets that lie below the best prediction, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is outside its interval.</exception>
    public QuantileLoss(double tau) => _tau = Guard.Between(tau, 0, 1);

    /// <inheritdoc/>
    public override (ILoss Loss, double Factor)? Rescaled(double scale) => (this, scale);

    private protected override FormattableString? Settings => $"{_tau}";

    private protected override double Sum(in LossBlock block) => block.Sum(new QuantileFormula(_tau));
}

internal readonly struct QuantileFormula(double tau) : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V error = score - target, zero = V.Fill(0);
        V slope = V.WhereGreater(error, zero, V.Fill(1 - tau), V.WhereGreater(zero, error, V.Fill(-tau), zero));
        derivative = slope;
        return slope * error;
    }
}

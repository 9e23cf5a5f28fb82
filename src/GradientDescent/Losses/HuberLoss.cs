using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Huber's loss of the error e = ŷ − y: ℓ = ½e² where |e| ≤ δ, else δ(|e| − ½δ). The derivative of an outlier is at most δ in size.
/// </summary>
/// <remarks>
/// The derivative is e, limited to [−δ, δ]; it exists everywhere. Note the ½, which <see cref="MeanSquaredError"/> does not have. Huber,
/// "Robust Estimation of a Location Parameter", 1964.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5], y = [2, 4, 6, 8, 100];   // twice x, and an outlier
/// var model = new LinearRegression();
/// new Trainer(new BatchGD(0.1)).Fit(model, Dataset.From(x, y), new HuberLoss(delta: 1));
/// Console.WriteLine(new HuberLoss(delta: 1).Evaluate(predictions: [5], targets: [2], weights: [], derivatives: []));   // 2.5
/// </code></example>
public sealed record HuberLoss : PointwiseLoss
{
    private readonly double _delta;

    /// <summary>Creates the loss.</summary>
    /// <param name="delta">
    /// The error δ at which the loss changes from squared to linear, finite and greater than 0; in the targets' unit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">δ is outside its interval.</exception>
    public HuberLoss(double delta = 1) => _delta = Guard.Positive(delta);

    /// <inheritdoc/>
    public override (ILoss Loss, double Factor)? Rescaled(double scale) =>
        Divided(_delta, scale) is { } delta ? (new HuberLoss(delta), scale * scale) : null;

    /// <summary>1, which is the second derivative up to δ.</summary>
    public override double? MaxCurvature => 1;

    private protected override FormattableString? Settings => $"{_delta}";

    private protected override double Sum(in LossBlock block) => block.Sum(new HuberFormula(_delta));
}

internal readonly struct HuberFormula(double delta) : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V error = score - target, size = V.Abs(error), largest = V.Fill(delta);
        V limited = V.WhereGreater(size, largest, largest, size);
        derivative = LaneFunctions.Signed(limited, error);
        return limited * (size - 0.5 * limited); // both cases in one: limited is |e| or δ
    }
}

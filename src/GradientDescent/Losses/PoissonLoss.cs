using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Poisson regression's loss ℓ = e^ŷ − y·ŷ for counts or rates y ≥ 0: the score is the logarithm of the expected count.</summary>
/// <remarks>
/// The negative log-likelihood without the term ln y!, which does not depend on the score; it may be negative. The derivative is e^ŷ − y.
/// Above a score of 709.78 the loss is larger than every double, so it is infinite. A linear model predicts the logarithm of the count:
/// apply the exponential function to its prediction. McCullagh and Nelder, "Generalized Linear Models", 1989, chapter 6.
/// </remarks>
/// <example><code>
/// double[] hour = [1, 2, 3, 4, 5], calls = [2, 3, 6, 7, 12];
/// var model = new LinearRegression();
/// new Trainer(new Adam(0.01)).Fit(model, Dataset.From(hour, calls), new PoissonLoss());
/// Console.WriteLine($"{Math.Exp(model.Predict(6)):F1} calls expected");   // 18.3 calls expected
/// </code></example>
public sealed record PoissonLoss : PointwiseLoss
{
    /// <inheritdoc/>
    public override string? ValidateTarget(double target, int scoresPerTarget) =>
        target >= 0 ? null : "PoissonLoss takes counts or rates of at least 0";

    /// <summary>1: the derivative is the difference of e^ŷ and y.</summary>
    public override double CancellationFactor => 1;

    private protected override double Sum(in LossBlock block) => block.Sum(new PoissonFormula());
}

internal readonly struct PoissonFormula : IPointwiseFormula
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V expected = Exponential.Of(score);
        derivative = expected - target;
        return V.WhereGreater(expected, V.Fill(double.MaxValue), expected, expected - target * score); // ∞ − ∞ would be NaN
    }
}

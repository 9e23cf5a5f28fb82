using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Cross-entropy of two classes from scores (log-odds, not probabilities): ℓ = ln(1 + e^ŷ) − t·ŷ, where t is the smoothed label y = 0 or 1.
/// </summary>
/// <remarks>
/// Label smoothing uses t = y(1 − α) + ½α, which keeps the model from extreme scores. The loss is computed from ln(1 + e^z) with z = ŷ for
/// y = 0 and z = −ŷ for y = 1, in a form that neither overflows nor cancels; without smoothing the derivative is ±1/(1 + e^−z), so small
/// gradients keep all their digits. A sample's bits do not depend on the samples near it; the losses are added one after the other. Cox,
/// "The Regression Analysis of Binary Sequences", 1958; smoothing: Szegedy et al., 2016.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5, 6], label = [0, 0, 1, 0, 1, 1];
/// var model = new LogisticRegression();
/// new Trainer(new BatchGD(1)).Fit(model, Dataset.From(x, label), new BinaryCrossEntropy(labelSmoothing: 0.1));
/// Console.WriteLine($"{model.PredictProbability(6):F2}");   // 0.92
/// </code></example>
public sealed record BinaryCrossEntropy : PointwiseLoss
{
    private readonly double _labelSmoothing;

    /// <summary>Creates the loss.</summary>
    /// <param name="labelSmoothing">The share α of a label that is divided evenly between both classes, at least 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is outside its interval.</exception>
    public BinaryCrossEntropy(double labelSmoothing = 0) => _labelSmoothing = Guard.Fraction(labelSmoothing);

    /// <inheritdoc/>
    public override string? ValidateTarget(double target, int scoresPerTarget) => ValidateLabel(target);

    /// <summary>p(1 − p) ≤ ¼.</summary>
    public override double? MaxCurvature => 0.25;

    internal override double Descent(double score, double target, double time) =>
        _labelSmoothing > 0 ? double.NaN : target == 0 ? FallOfLabel0(score, time) : -FallOfLabel0(-score, time);

    private protected override FormattableString? Settings => _labelSmoothing == 0 ? null : (FormattableString)$"{_labelSmoothing}";

    private protected override double Sum(in LossBlock block) => block.Sum(new BinaryCrossEntropyFormula(_labelSmoothing));

    /// <summary>
    /// The solution d of d + e^−p (e^d − 1) = τ. The left side is convex, and both d(1 + e^−p) and e^−p (e^d − 1) are at most τ, so
    /// Newton's method comes down to d from the smaller of their bounds.
    /// </summary>
    private static double FallOfLabel0(double score, double time)
    {
        const double Large = 30; // from here on e^−p is less than the rounding of d
        bool isLarge = score > Large;
        double factor = Elementary.Exp(-score);
        double bound = isLarge ? score + Elementary.Log(time + factor) : Elementary.Log1p(time / factor);
        double fall = Math.Min(time / (1 + factor), bound >= 0 ? bound : time);
        while (true)
        {
            double growth = isLarge ? Elementary.Exp(fall - score) - factor : factor * Elementary.Expm1(fall);
            double next = fall - (fall + growth - time) / (1 + factor + growth);
            if (!(next < fall))
                return fall;
            fall = next;
        }
    }
}

/// <summary>
/// Value and derivative use the same e^−|z|. Smoothing subtracts ½α·z from the value; for z &gt; 0 it is subtracted from z itself, so
/// nothing cancels.
/// </summary>
internal readonly struct BinaryCrossEntropyFormula(double labelSmoothing) : IPointwiseFormula
{
    private readonly double _other = 0.5 * labelSmoothing; // the weight of the other label

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V sign = V.Fill(1) - 2.0 * target;
        V z = sign * score;
        V e = Exponential.Of(V.Fill(0) - V.Abs(z));
        derivative = sign * (Sigmoid.Of(z, e) + -_other);
        return _other == 0
            ? Softplus.Of(z, e)
            : V.WhereGreater(V.Fill(0), z, -_other * z, (1 - _other) * z) + LogarithmOfOnePlus.Of(e);
    }
}

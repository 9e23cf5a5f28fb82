using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>ℓ = δ² ln cosh(e/δ) for an error e = ŷ − y: ½e² for small errors, δ|e| for large ones, and smooth between.</summary>
/// <remarks>
/// The derivative is δ tanh(e/δ). For small and large errors it behaves like <see cref="HuberLoss"/> with the same δ, but it has
/// derivatives of every order. Nothing overflows or cancels: value and derivative are accurate for small and for large errors.
/// </remarks>
/// <example><code>
/// double[] x = [1, 2, 3, 4, 5], y = [2, 4, 6, 8, 100];   // twice x, and an outlier
/// var model = new LinearRegression();
/// new Trainer(new BatchGD(0.1)).Fit(model, Dataset.From(x, y), new LogCoshLoss());
/// Console.WriteLine(new LogCoshLoss().Evaluate(predictions: [2], targets: [2], weights: [], derivatives: []));   // 0
/// </code></example>
public sealed record LogCoshLoss : PointwiseLoss
{
    private readonly double _delta;

    /// <summary>Creates the loss.</summary>
    /// <param name="delta">
    /// The error δ around which the loss changes from squared to linear, finite and greater than 0; in the targets' unit. At 1 this is
    /// plain ln cosh.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">δ is outside its interval.</exception>
    public LogCoshLoss(double delta = 1) => _delta = Guard.Positive(delta);

    /// <inheritdoc/>
    public override (ILoss Loss, double Factor)? Rescaled(double scale) =>
        Divided(_delta, scale) is { } delta ? (new LogCoshLoss(delta), scale * scale) : null;

    /// <summary>1, which is the second derivative 1/cosh²(e/δ) at e = 0.</summary>
    public override double? MaxCurvature => 1;

    private protected override FormattableString? Settings => $"{_delta}";

    private protected override double Sum(in LossBlock block) => block.Sum(new LogCoshFormula(_delta));
}

/// <summary>
/// With x = |e|/δ: above 1, ln cosh x = x − ln 2 + ln(1 + e^−2x). For smaller x these terms would cancel; there ln cosh x = ln(1 + 2s²)
/// with s = sinh(x/2), and tanh x = 2s√(1 + s²)/(1 + 2s²).
/// </summary>
internal readonly struct LogCoshFormula(double delta) : IPointwiseFormula
{
    private const double LogOfTwo = 0.69314718055994531;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Evaluate<V>(V score, V target, out V derivative) where V : struct, ILanes<V, double>
    {
        V error = score - target, size = V.Abs(error), one = V.Fill(1);
        V x = size / V.Fill(delta);
        V z = Exponential.Of(-2.0 * x);
        V s = Sinh(0.5 * V.WhereGreater(x, one, one, x));
        V square = 2.0 * (s * s);
        V logarithm = LogarithmOfOnePlus.Of(V.WhereGreater(x, one, z, square));
        V tangent = V.WhereGreater(x, one, (one - z) / (z + 1), 2.0 * s * V.Sqrt(s * s + 1) / (square + 1));
        derivative = LaneFunctions.Signed(delta * tangent, error);
        return delta * (V.WhereGreater(x, one, size - V.Fill(LogOfTwo * delta), V.Fill(0)) + delta * logarithm);
    }

    /// <summary>The series to y¹⁵ for |y| ≤ ½; its remainder is below 2⁻⁶⁵ of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sinh<V>(V y) where V : struct, ILanes<V, double>
    {
        V square = y * y;
        V series = V.Fill(1.0 / 1307674368000);
        series = series * square + 1.0 / 6227020800;
        series = series * square + 1.0 / 39916800;
        series = series * square + 1.0 / 362880;
        series = series * square + 1.0 / 5040;
        series = series * square + 1.0 / 120;
        series = series * square + 1.0 / 6;
        return y + series * square * y;
    }
}

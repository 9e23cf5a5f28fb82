namespace GradientDescent.Tests.Losses;

/// <summary>A loss and what a test has to know of it. A new loss joins by a line here.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Targets">Targets that it takes.</param>
internal sealed record LossCase(ILoss Loss, double[] Targets)
{
    /// <summary>Scores per target.</summary>
    public int Scores { get; init; } = 1;

    /// <summary>A bound of the fifth derivative by one score, at scores up to the given one; 0 for pieces of parabolas.</summary>
    public Func<double, double> FifthDerivative { get; init; } = _ => 0;

    /// <summary>Scores at which a derivative jumps.</summary>
    public Func<double, double[]> Kinks { get; init; } = _ => [];

    /// <summary>The terms that the loss is added up from, where they may cancel; else its value.</summary>
    public Func<double, double, double>? Terms { get; init; }
}

internal static class AllLosses
{
    private static readonly double[] _numbers = [-2.5, 0, 1e3], _labels = [0, 1], _classes = [0, 1, 2, 3];

    /// <remarks>
    /// Along one score the cross-entropies are ln(A + eˢ) minus a straight line, a shifted softplus, whose fifth derivative is the
    /// sigmoid's fourth. Where |Im z| ≤ π/2, Re e⁻ᶻ ≥ 0 and |σ(z)| = 1/|1 + e⁻ᶻ| ≤ 1; by Cauchy's estimate on that circle |σ⁗| ≤ 4!/(π/2)⁴
    /// &lt; 4. And tanh x = 2σ(2x) − 1, so that of δ² ln cosh(x/δ) is at most 2·2⁴·4/δ³.
    /// </remarks>
    public static readonly IReadOnlyDictionary<string, LossCase> ByName = new Dictionary<string, LossCase>
    {
        ["squared error"] = new(new MeanSquaredError(), _numbers),
        ["absolute error"] = new(new MeanAbsoluteError(), _numbers) { Kinks = y => [y] },
        ["Huber"] = new(new HuberLoss(), _numbers) { Kinks = y => [y - 1, y + 1] },
        ["Huber 2.5"] = new(new HuberLoss(2.5), _numbers) { Kinks = y => [y - 2.5, y + 2.5] },
        ["ln cosh"] = new(new LogCoshLoss(), _numbers) { FifthDerivative = _ => 128 },
        ["ln cosh 4"] = new(new LogCoshLoss(4), _numbers) { FifthDerivative = _ => 2 },
        ["median"] = new(new QuantileLoss(0.5), _numbers) { Kinks = y => [y] },
        ["quantile 0.9"] = new(new QuantileLoss(0.9), _numbers) { Kinks = y => [y] },
        ["insensitive"] = new(new EpsilonInsensitiveLoss(), _numbers) { Kinks = y => [y - 0.1, y + 0.1] },
        ["insensitive 0"] = new(new EpsilonInsensitiveLoss(0), _numbers) { Kinks = y => [y] },
        ["squared insensitive"] = new(new SquaredEpsilonInsensitiveLoss(), _numbers) { Kinks = y => [y - 0.1, y + 0.1] },
        ["Poisson"] = new(new PoissonLoss(), [0, 1, 3.5, 100])
        {
            FifthDerivative = Math.Exp,
            Terms = (score, y) =>
            Math.Exp(score) + y * Math.Abs(score)
        },
        ["hinge"] = new(new HingeLoss(), _labels) { Kinks = y => [2 * y - 1] },
        ["squared hinge"] = new(new SquaredHingeLoss(), _labels) { Kinks = y => [2 * y - 1] },
        ["binary"] = new(new BinaryCrossEntropy(), _labels) { FifthDerivative = _ => 4 },
        ["binary, smoothed"] = new(new BinaryCrossEntropy(0.1), _labels) { FifthDerivative = _ => 4 },
        ["four classes"] = new(new CategoricalCrossEntropy(), _classes) { Scores = 4, FifthDerivative = _ => 4 },
        ["four classes, smoothed"] = new(new CategoricalCrossEntropy(0.1), _classes) { Scores = 4, FifthDerivative = _ => 4 },
    };
}

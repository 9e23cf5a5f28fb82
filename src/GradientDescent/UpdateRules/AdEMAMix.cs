using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>AdEMAMix: Adam with a second, slow mean of the gradient, which remembers thousands of steps.</summary>
/// <remarks>
/// <code>
/// m₁ ← β₁ m₁ + (1 − β₁) g
/// m₂ ← β₃ m₂ + (1 − β₃) g
/// v ← β₂ v + (1 − β₂) g²
/// θ ← θ − η (m̂₁ + α m₂) / (√v̂ + ε)           m̂₁ = m₁ / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ);  m₂ is not corrected
/// </code>
/// With warm-up over T steps, αₜ = min(t/T, 1) α, and β₃ goes from β₁ to its value so that its half-life grows linearly: ln β₃ₜ = 1 / ((1
/// − t/T)/ln β₁ + (t/T)/ln β₃). Pagliardini, Ablin and Grangier, "The AdEMAMix Optimizer: Better, Faster, Older", 2024, Algorithm 1
/// without decay. State: three vectors, four scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new AdEMAMix(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F5} {parameters[1]:F5}");   // 0.89995 -1.89995
/// </code></example>
public sealed class AdEMAMix : Optimizer
{
    private readonly AdamSettings _adam;
    private readonly double _beta3;
    private readonly double _alpha;
    private readonly int _warmupSteps;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="beta3">The decay factor β₃ of the slow mean, in [0, 1).</param>
    /// <param name="alpha">The weight α of the slow mean, finite and at least 0.</param>
    /// <param name="warmupSteps">The number T of steps in which α and β₃ grow to their values, at least 0; 0 is no warm-up.</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AdEMAMix(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double beta3 = 0.9999, double alpha = 5, int warmupSteps = 0,
        double epsilon = 1e-8)
        : base(learningRate, Batching.Mini(32))
    {
        _adam = new AdamSettings(beta1, beta2, epsilon);
        _beta3 = Guard.Fraction(beta3);
        _alpha = Guard.FiniteNonNegative(alpha);
        _warmupSteps = Guard.AtLeast(warmupSteps, 0);
    }

    private protected override FormattableString Settings =>
        $"beta1 {_adam.Beta1}, beta2 {_adam.Beta2}, beta3 {_beta3}, alpha {_alpha}, warmupSteps {_warmupSteps}, epsilon {_adam.Epsilon}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, AdEMAMixRule<T>>(new(_adam, _beta3, _alpha, _warmupSteps), length);
}

internal struct AdEMAMixRule<T>(AdamSettings settings, double beta3, double alpha, int warmupSteps) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _slowRate;
    private T _rootScale;
    private T _beta3;
    private T _gain3;

    public static int SlotCount => 3;

    public static StateNames Names { get; } = new(["mean", "slow mean", "mean square"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= settings.Beta1;
        scalars[1] *= settings.Beta2;
        double grown = update < warmupSteps ? (double)update / warmupSteps : 1, slowDecay = DecayAt(grown);
        _rate = Rounding.To<T>(learningRate / (1 - scalars[0]).High);
        _slowRate = Rounding.To<T>(learningRate * (grown * alpha));
        _rootScale = Rounding.To<T>(1 / Math.Sqrt((1 - scalars[1]).High));
        (_beta3, _gain3) = (Rounding.To<T>(slowDecay), Rounding.To<T>(1 - slowDecay));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V slowMean, ref V meanSquare, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        slowMean = _beta3 * slowMean + _gain3 * gradient;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        parameter -= (_rate * mean + _slowRate * slowMean) / (_rootScale * V.Sqrt(meanSquare) + _factors.Epsilon);
    }

    /// <summary>β₃ during the warm-up, between β₁ and its final value; never above the latter.</summary>
    private readonly double DecayAt(double grown) => grown == 1
        ? beta3
        : Math.Min(beta3, Elementary.Exp(1 / ((1 - grown) / Elementary.Log(settings.Beta1) + grown / Elementary.Log(beta3))));
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// RAdam: Adam with a rectified step, which is shorter while the mean square is based on few gradients. It replaces a warm-up of the rate.
/// </summary>
/// <remarks>
/// With t counting from 1, ρ∞ = 2/(1 − β₂) − 1 and ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ):
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// ρₜ &gt; 5:  θ ← θ − η rₜ m̂ √(1 − β₂ᵗ) / (√v + ε)       rₜ = √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)),  m̂ = m / (1 − β₁ᵗ)
/// else:     θ ← θ − η m̂
/// </code>
/// Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020, Algorithm 2, with the threshold 5 of its code. State:
/// two vectors, four scalars: each power of β has 32 digits, as ρₜ is the small difference of two large numbers where β₂ is near 1. With
/// <c>epsilonHat: false</c>, optax's form, the divisor is √v̂ + ε as in <see cref="Adam"/>: θ ← θ − η rₜ m̂ / (√v̂ + ε).
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new RAdam(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -4]);   // in its first updates plain momentum: a step of rate times gradient
/// Console.WriteLine($"{parameters[0]:F6} {parameters[1]:F6}");   // 0.950000 -1.600000
/// </code></example>
public sealed class RAdam : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly bool _epsilonHat;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">
    /// The decay factor β₂ of the mean squared gradient, in [0, 1). Up to 2/3 the step is never rectified: all steps are plain momentum.
    /// </param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="epsilonHat">Whether ε is added to the root of v before its correction.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public RAdam(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool epsilonHat = true)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _epsilonHat = epsilonHat;
    }

    private protected override FormattableString Settings => $"{_settings}, epsilonHat {_epsilonHat}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, RAdamRule<T>>(new(_settings, _epsilonHat), length);
}

internal struct RAdamRule<T>(AdamSettings settings, bool epsilonHat) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double RectifiedAbove = 5;

    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _rootScale;
    private T _offset;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean square"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    // Both cases are rate · m / (rootScale · √v + offset), so the loop has no branch: rootScale 0 and offset 1 make the divisor 1.
    public void Prepare(double learningRate, long update, Span<DoubleDouble> products)
    {
        products[0] *= settings.Beta1;
        products[1] *= settings.Beta2;
        DoubleDouble filled = 1 - products[1], longestLength = 2 / (1 - (DoubleDouble)settings.Beta2) - 1;
        double longest = longestLength.High, length = (longestLength - products[1] * (2.0 * update) / filled).High;
        double rate = learningRate / (1 - products[0]).High;
        bool isRectified = length > RectifiedAbove;
        if (isRectified)
            rate *= Math.Sqrt(
                (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length) * (epsilonHat ? filled.High : 1));
        _rate = Rounding.To<T>(rate);
        _rootScale = !isRectified ? T.Zero : epsilonHat ? T.One : Rounding.To<T>(1 / Math.Sqrt(filled.High));
        _offset = isRectified ? _factors.Epsilon : T.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        parameter -= _rate * mean / (_rootScale * V.Sqrt(meanSquare) + _offset);
    }
}

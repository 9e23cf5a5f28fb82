using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>RAdam: Adam that holds back while its mean square rests on few gradients, in place of a warm-up.</summary>
/// <remarks>
/// With t counting from 1, ρ∞ = 2/(1 − β₂) − 1 and ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ):
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// ρₜ &gt; 5:  θ ← θ − η rₜ m̂ √(1 − β₂ᵗ) / (√v + ε)       rₜ = √((ρₜ − 4)(ρₜ − 2)ρ∞ / ((ρ∞ − 4)(ρ∞ − 2)ρₜ)),  m̂ = m / (1 − β₁ᵗ)
/// else:     θ ← θ − η m̂
/// </code>
/// Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", ICLR 2020, Algorithm 2, with the threshold 5 of its code. State: two vectors,
/// two scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new RAdam(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -4]);   // in its first updates plain momentum: a step of rate times gradient
/// Console.WriteLine($"{parameters[0]:F6} {parameters[1]:F6}");   // 0.950000 -1.600000
/// </code></example>
public sealed class RAdam : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;

    /// <summary>Creates the optimizer; its batches are of 32 samples unless a trainer's options say otherwise.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="beta1">The share β₁ of the mean that stays, in [0, 1).</param>
    /// <param name="beta2">The share β₂ of the mean square that stays, in [0, 1). Up to 2/3 the step is never rectified.</param>
    /// <param name="epsilon">Keeps the division finite; in the gradient's unit; greater than 0. A value too small for the element type is raised to
    /// 1.1e-19 (float) or 1.5e-154 (double).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public RAdam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(learningRate, Batching.Of(32))
    {
        _beta1 = Guard.Fraction(beta1);
        _beta2 = Guard.Fraction(beta2);
        _epsilon = Guard.Positive(epsilon);
    }

    private protected override FormattableString Settings => $"beta1 {_beta1}, beta2 {_beta2}, epsilon {_epsilon}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, RAdamRule<T>>(new(_beta1, _beta2, _epsilon), length);
}

internal struct RAdamRule<T>(double beta1, double beta2, double epsilon) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double RectifiedAbove = 5;

    private readonly T _beta1 = Rounding.To<T>(beta1);
    private readonly T _beta2 = Rounding.To<T>(beta2);
    private readonly T _gain1 = Rounding.To<T>(1 - beta1);
    private readonly T _gain2 = Rounding.To<T>(1 - beta2);
    private readonly T _epsilon = Rounding.Epsilon<T>(epsilon);
    private T _rate;
    private T _rootScale;
    private T _offset;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean square"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    // Both cases are rate · m / (rootScale · √v + offset), so the loop has no branch: rootScale 0 and offset 1 take the root out.
    public void Prepare(double learningRate, long update, Span<double> products)
    {
        products[0] *= beta1;
        products[1] *= beta2;
        double longest = 2 / (1 - beta2) - 1;
        double length = longest - 2 * update * products[1] / (1 - products[1]);
        double rate = learningRate / (1 - products[0]);
        bool isRectified = length > RectifiedAbove;
        if (isRectified)
            rate *= Math.Sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length) * (1 - products[1]));
        _rate = Rounding.To<T>(rate);
        _rootScale = isRectified ? T.One : T.Zero;
        _offset = isRectified ? _epsilon : T.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V slot2) where V : struct, ILanes<V, T>
    {
        mean = _beta1 * mean + _gain1 * gradient;
        meanSquare = _beta2 * meanSquare + _gain2 * (gradient * gradient);
        parameter -= _rate * mean / (_rootScale * V.Sqrt(meanSquare) + _offset);
    }
}

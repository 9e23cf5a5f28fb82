using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Adan: Adam with Nesterov momentum, which it gets from the change of the gradient between two steps.</summary>
/// <remarks>
/// <code>
/// d₀ ← g − g₋₁                     0 at t = 1
/// m ← β₁ m + (1 − β₁) g
/// d ← β₂ d + (1 − β₂) d₀
/// n ← β₃ n + (1 − β₃) (g + β₂ d₀)²
/// θ ← (θ − η (m̂ + β₂ d̂) / (√n̂ + ε)) / (1 + η λ)           m̂ = m / (1 − β₁ᵗ), d̂ = d / (1 − β₂ᵗ), n̂ = n / (1 − β₃ᵗ)
/// </code>
/// β are decay factors, 1 minus those of the paper. Xie, Zhou, Li, Lin and Yan, "Adan: Adaptive Nesterov Momentum Algorithm for Faster
/// Optimizing Deep Models", 2022, Algorithm 1 without restarts, with the bias corrections of its code. The decay λ is proximal and
/// applies to every parameter, including intercepts. State: four vectors, six scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new Adan(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.900 -1.900
/// </code></example>
public sealed class Adan : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _beta3;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean change of the gradient, in [0, 1).</param>
    /// <param name="beta3">The decay factor β₃ of the mean square, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="weightDecay">The weight decay λ, finite and at least 0. Each step divides a parameter by 1 + ηλ.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Adan(
        double learningRate = 0.001, double beta1 = 0.98, double beta2 = 0.92, double beta3 = 0.99, double epsilon = 1e-8, double
        weightDecay = 0)
        : base(learningRate, Batching.Mini(32))
    {
        _beta1 = Guard.Fraction(beta1);
        _beta2 = Guard.Fraction(beta2);
        _beta3 = Guard.Fraction(beta3);
        _epsilon = Guard.Positive(epsilon);
        _weightDecay = Guard.FiniteNonNegative(weightDecay);
    }

    private protected override FormattableString Settings =>
        $"beta1 {_beta1}, beta2 {_beta2}, beta3 {_beta3}, epsilon {_epsilon}, weightDecay {_weightDecay}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, AdanRule<T>>(new(_beta1, _beta2, _beta3, _epsilon, _weightDecay), length);
}

internal struct AdanRule<T>(double beta1, double beta2, double beta3, double epsilon, double weightDecay) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta1 = Rounding.To<T>(beta1);
    private readonly T _beta2 = Rounding.To<T>(beta2);
    private readonly T _beta3 = Rounding.To<T>(beta3);
    private readonly T _gain1 = Rounding.To<T>(1 - beta1);
    private readonly T _gain2 = Rounding.To<T>(1 - beta2);
    private readonly T _gain3 = Rounding.To<T>(1 - beta3);
    private readonly T _epsilon = Rounding.Epsilon<T>(epsilon);
    private T _hasPrevious;
    private T _meanRate;
    private T _changeRate;
    private T _rootScale;
    private T _kept;

    public static int SlotCount => 4;

    public static StateNames Names { get; } =
        new(["mean", "mean change", "mean square", "last gradient"], ["beta1 power", "beta2 power", "beta3 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= beta1;
        scalars[1] *= beta2;
        scalars[2] *= beta3;
        _hasPrevious = update == 1 ? T.Zero : T.One;
        _meanRate = Rounding.To<T>(learningRate / (1 - scalars[0]).High);
        _changeRate = Rounding.To<T>(learningRate * beta2 / (1 - scalars[1]).High);
        _rootScale = Rounding.To<T>(1 / Math.Sqrt((1 - scalars[2]).High));
        _kept = Rounding.To<T>(1 / (1 + learningRate * weightDecay));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanChange, ref V meanSquare, ref V last, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V change = _hasPrevious * (gradient - last);
        V ahead = gradient + _beta2 * change;
        mean = _beta1 * mean + _gain1 * gradient;
        meanChange = _beta2 * meanChange + _gain2 * change;
        meanSquare = _beta3 * meanSquare + _gain3 * (ahead * ahead);
        last = gradient;
        V step = (_meanRate * mean + _changeRate * meanChange) / (_rootScale * V.Sqrt(meanSquare) + _epsilon);
        parameter = _kept * (parameter - step);
    }
}

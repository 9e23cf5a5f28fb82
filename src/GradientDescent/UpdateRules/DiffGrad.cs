using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>DiffGrad: Adam whose step is shortened, by up to one half, where the gradient hardly changed since the last step.</summary>
/// <remarks>
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// ξ ← 1 / (1 + exp(−|g₋₁ − g|))           g₋₁: the gradient of the last step, 0 at first
/// θ ← θ − η ξ m̂ / (√v̂ + ε)               m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
/// </code>
/// Dubey et al., "diffGrad: An Optimization Method for Convolutional Neural Networks", 2019, eqs. (5) to (8). ξ depends on the gradient's
/// unit: the step is not free of it as Adam's is. State: three vectors, four scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new DiffGrad(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 0.9378 -1.9000
/// </code></example>
public sealed class DiffGrad : Optimizer
{
    private readonly AdamSettings _settings;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public DiffGrad(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
    }

    private protected override FormattableString Settings => $"{_settings}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, DiffGradRule<T>>(new(_settings), length);
}

internal struct DiffGradRule<T>(AdamSettings settings) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _rootScale;

    public static int SlotCount => 3;

    public static StateNames Names { get; } = new(["mean", "mean square", "last gradient"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= settings.Beta1;
        scalars[1] *= settings.Beta2;
        _rate = Rounding.To<T>(learningRate / (1 - scalars[0]).High);
        _rootScale = Rounding.To<T>(1 / Math.Sqrt((1 - scalars[1]).High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V last, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        V friction = ElementaryOfLanes.Of<Sigmoid, V, T>(V.Abs(last - gradient));
        last = gradient;
        parameter -= _rate * mean * friction / (_rootScale * V.Sqrt(meanSquare) + _factors.Epsilon);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>LaProp: Adam that divides the gradient by its root mean square first and takes the mean afterwards.</summary>
/// <remarks>
/// <code>
/// v ← β₂ v + (1 − β₂) g²
/// m ← β₁ m + (1 − β₁) g / (√v̂ + ε)           v̂ = v / (1 − β₂ᵗ)
/// θ ← θ − η m / (1 − β₁ᵗ)
/// </code>
/// Each term of the mean is at most about 1/√(1 − β₂), so β₁ and β₂ can be chosen independently. Ziyin, Wang and Ueda, "LaProp:
/// Separating Momentum and Adaptivity in Adam", 2020, Algorithm 1. State: two vectors, four scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new LaProp(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.900 -1.900
/// </code></example>
public sealed class LaProp : Optimizer
{
    private readonly AdamSettings _settings;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean of scaled gradients, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public LaProp(double learningRate = 4e-4, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-15)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
    }

    private protected override FormattableString Settings => $"{_settings}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, LaPropRule<T>>(new(_settings), length);
}

internal struct LaPropRule<T>(AdamSettings settings) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _rootScale;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean square"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= settings.Beta1;
        scalars[1] *= settings.Beta2;
        _rate = Rounding.To<T>(learningRate / (1 - scalars[0]).High);
        _rootScale = Rounding.To<T>(1 / Math.Sqrt((1 - scalars[1]).High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        mean = _factors.Beta1 * mean + _factors.Gain1 * (gradient / (_rootScale * V.Sqrt(meanSquare) + _factors.Epsilon));
        parameter -= _rate * mean;
    }
}

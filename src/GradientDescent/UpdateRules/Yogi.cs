using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Yogi: Adam with a mean square that changes by a bounded amount, so that it does not fall quickly when gradients become small.
/// </summary>
/// <remarks>
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// v ← v − (1 − β₂) sign(v − g²) g²
/// θ ← θ − η m̂ / (√v̂ + ε)           m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
/// </code>
/// Zaheer, Reddi, Sachan, Kale and Kumar, "Adaptive Methods for Nonconvex Optimization", NeurIPS 2018, Algorithm 2, with the bias
/// corrections of Adam. v starts at a small number, m at 0. Adam multiplies v by β₂ when the gradients vanish; here v then stays. State:
/// two vectors, four scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new Yogi(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.900 -1.900
/// </code></example>
public sealed class Yogi : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly double _initialAccumulator;
    private readonly bool _meanStartsAtAccumulator;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="initialAccumulator">The value at which v starts, finite and at least 0; in the unit of the squared gradient.</param>
    /// <param name="meanStartsAtAccumulator">
    /// Whether m starts at <paramref name="initialAccumulator"/> too, as in optax. Parameters whose gradient is 0 then move a little.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Yogi(
        double learningRate = 0.01, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-3, double initialAccumulator = 1e-6,
        bool meanStartsAtAccumulator = false)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _initialAccumulator = Guard.FiniteNonNegative(initialAccumulator);
        _meanStartsAtAccumulator = meanStartsAtAccumulator;
    }

    private protected override FormattableString Settings =>
        $"{_settings}, initialAccumulator {_initialAccumulator}, meanStartsAtAccumulator {_meanStartsAtAccumulator}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, YogiRule<T>>(
        new(_settings, _initialAccumulator, _meanStartsAtAccumulator ? _initialAccumulator : 0), length);
}

internal struct YogiRule<T>(AdamSettings settings, double initialAccumulator, double initialMean) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _rootScale;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean square"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => slot == 0 ? initialMean : initialAccumulator;

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
        V square = gradient * gradient;
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        meanSquare -= _factors.Gain2 * LaneFunctions.WithSign<V, T>(square, meanSquare - square);
        parameter -= _rate * mean / (_rootScale * V.Sqrt(meanSquare) + _factors.Epsilon);
    }
}

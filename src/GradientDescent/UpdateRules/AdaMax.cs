using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>AdaMax: Adam with the decayed maximum of the absolute gradient instead of the root mean square.</summary>
/// <remarks>
/// With t counting from 1:
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// u ← max(β₂ u, |g| + ε)
/// θ ← θ − η / (1 − β₁ᵗ) · m / u
/// </code>
/// Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 2, with ε inside the maximum. With
/// <c>epsilonInMaximum: false</c>, Keras's form, u ← max(β₂ u, |g|) and the divisor is u + ε. State: two vectors, one scalar.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new AdaMax(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // the first step is the rate itself
/// Console.WriteLine($"{parameters[0]:F6} {parameters[1]:F6}");   // 0.900000 -1.900000
/// </code></example>
public sealed class AdaMax : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly bool _epsilonInMaximum;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the largest gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="epsilonInMaximum">Whether ε is added to the newest gradient; otherwise to the maximum.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AdaMax(
        double learningRate = 0.002, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool epsilonInMaximum = true)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _epsilonInMaximum = epsilonInMaximum;
    }

    private protected override FormattableString Settings => $"{_settings}, epsilonInMaximum {_epsilonInMaximum}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => _epsilonInMaximum
        ? new UpdateEngine<T, AdaMaxRule<T, On>>(new(_settings), length)
        : new UpdateEngine<T, AdaMaxRule<T, Off>>(new(_settings), length);
}

internal struct AdaMaxRule<T, TEpsilonInMaximum>(AdamSettings settings) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpsilonInMaximum : ISwitch
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "largest gradient"], ["beta1 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products)
    {
        products[0] *= settings.Beta1;
        _rate = Rounding.To<T>(learningRate / (1 - products[0]).High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V largest, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        V decayed = _factors.Beta2 * largest;
        V current = typeof(TEpsilonInMaximum) == typeof(On) ? V.Abs(gradient) + _factors.Epsilon : V.Abs(gradient);
        largest = V.WhereGreater(decayed, current, decayed, current);
        parameter -= _rate * mean / (typeof(TEpsilonInMaximum) == typeof(On) ? largest : largest + _factors.Epsilon);
    }
}

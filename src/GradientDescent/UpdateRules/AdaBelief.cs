using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// AdaBelief: Adam that divides by the deviation of the gradient from its mean: steps are long where the gradient is as expected.
/// </summary>
/// <remarks>
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// s ← β₂ s + (1 − β₂) (g − m)² + ε
/// θ ← θ − η m̂ / (√ŝ + ε)           m̂ = m / (1 − β₁ᵗ),  ŝ = s / (1 − β₂ᵗ)
/// </code>
/// ε enters the state as well as the divisor. Zhuang et al., "AdaBelief Optimizer: Adapting Stepsizes by the Belief in Observed
/// Gradients", NeurIPS 2020, Algorithm 2. Under a gradient that does not change, s falls to about ε/(1 − β₂) and the step becomes as long
/// as η|g|√((1 − β₂)/ε): a small ε allows very long steps. State: two vectors, four scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new AdaBelief(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 0.8889 -1.8889
/// </code></example>
public sealed class AdaBelief : Optimizer
{
    private readonly AdamSettings _settings;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that is added to the deviation s, in the unit of the squared gradient, and to its root; greater than 0. A value too
    /// small for the element type is raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AdaBelief(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-16)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
    }

    private protected override FormattableString Settings => $"{_settings}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, AdaBeliefRule<T>>(new(_settings), length);
}

internal struct AdaBeliefRule<T>(AdamSettings settings) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _rootScale;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean squared deviation"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= settings.Beta1;
        scalars[1] *= settings.Beta2;
        _rate = Rounding.To<T>(learningRate / (1 - scalars[0]).High);
        _rootScale = Rounding.To<T>(1 / Math.Sqrt((1 - scalars[1]).High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V deviation, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        V apart = gradient - mean;
        deviation = _factors.Beta2 * deviation + _factors.Gain2 * (apart * apart) + _factors.Epsilon;
        parameter -= _rate * mean / (_rootScale * V.Sqrt(deviation) + _factors.Epsilon);
    }
}

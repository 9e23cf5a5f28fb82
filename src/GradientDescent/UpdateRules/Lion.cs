using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Lion: every coordinate moves by the rate, against the sign of a mix of the gradient and its mean. It keeps one vector only.
/// </summary>
/// <remarks>
/// <code>
/// θ ← θ (1 − η λ)
/// θ ← θ − η sign(β₁ m + (1 − β₁) g)            sign 0 = 0
/// m ← β₂ m + (1 − β₂) g
/// </code>
/// Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023, Algorithm 2 ("EvoLved Sign Momentum"). Every step has the
/// length η in each coordinate, so the rate has to be smaller than that of Adam, by a factor of 3 to 10 in the paper, and the decay λ
/// larger by the same factor. The decay applies to every parameter, including intercepts; <see cref="ParameterGroups"/> can leave some
/// out. State: one vector.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new Lion(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.900 -1.900
/// </code></example>
public sealed class Lion : Optimizer
{
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">
    /// The rate η, finite and greater than 0; in the parameters' unit. It is the length of every step of a coordinate.
    /// </param>
    /// <param name="beta1">The weight β₁ of the mean gradient in the step, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean gradient, in [0, 1).</param>
    /// <param name="weightDecay">
    /// The weight decay λ, finite and at least 0. Each step multiplies a parameter by 1 − ηλ, so ηλ must be much less than 1.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Lion(double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : base(learningRate, Batching.Mini(32))
    {
        _beta1 = Guard.Fraction(beta1);
        _beta2 = Guard.Fraction(beta2);
        _weightDecay = Guard.FiniteNonNegative(weightDecay);
    }

    private protected override FormattableString Settings => $"beta1 {_beta1}, beta2 {_beta2}, weightDecay {_weightDecay}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, LionRule<T>>(new(_beta1, _beta2, _weightDecay), length);
}

internal struct LionRule<T>(double beta1, double beta2, double weightDecay) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta1 = Rounding.To<T>(beta1);
    private readonly T _beta2 = Rounding.To<T>(beta2);
    private readonly T _gain1 = Rounding.To<T>(1 - beta1);
    private readonly T _gain2 = Rounding.To<T>(1 - beta2);
    private T _rate;
    private T _kept;

    public static int SlotCount => 1;

    public static StateNames Names { get; } = new(["mean"], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars) =>
        (_rate, _kept) = (Rounding.To<T>(learningRate), Rounding.To<T>(1 - learningRate * weightDecay));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        parameter = _kept * parameter - LaneFunctions.WithSign<V, T>(V.Fill(_rate), _beta1 * mean + _gain1 * gradient);
        mean = _beta2 * mean + _gain2 * gradient;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Heavy-ball momentum: the velocity accumulates earlier gradients, which speeds up progress along directions of low curvature.
/// </summary>
/// <remarks>
/// <code>
/// v ← μ v − η g
/// θ ← θ + v
/// </code>
/// The rate is part of the velocity, so a change of the rate affects new gradients only. Polyak, "Some methods of speeding up the
/// convergence of iteration methods", 1964, eq. (9). State: one vector.
/// <para>
/// With <c>rateInVelocity: false</c> the whole velocity is multiplied by the rate of the step, as in PyTorch and optax. At a constant rate
/// the parameters are the same up to rounding:
/// </para>
/// <code>
/// v ← μ v − g
/// θ ← θ + η v
/// </code>
/// With a dampening τ, PyTorch's, (1 − τ)g takes the place of g in every step but the first.
/// </remarks>
/// <example><code>
/// var valley = Objective.From(p =&gt; p[0] * p[0] + 100 * p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 200 * p[1]));
/// TrainingResult result = new Trainer(new Momentum(0.005, momentum: 0.8)).Minimize(valley, [3, 1]);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
public sealed class Momentum : Optimizer
{
    private readonly double _momentum;
    private readonly double _dampening;
    private readonly bool _rateInVelocity;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">
    /// The momentum μ, the decay factor of the velocity, in [0, 1); 0 is plain SGD. Under a constant gradient the steps become 1/(1 − μ)
    /// times as long.
    /// </param>
    /// <param name="dampening">
    /// The dampening τ, in [0, 1): the share of a gradient that is left out in every step but the first. With τ = μ the velocity is a mean
    /// of the gradients that starts at the first of them.
    /// </param>
    /// <param name="rateInVelocity">Whether the velocity contains the rate; otherwise it is a sum of gradients.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Momentum(double learningRate = 0.01, double momentum = 0.9, double dampening = 0, bool rateInVelocity = true)
        : base(learningRate, Batching.Mini(32))
    {
        _momentum = Guard.Fraction(momentum);
        _dampening = Guard.Fraction(dampening);
        _rateInVelocity = rateInVelocity;
    }

    internal override bool TakesInverseCurvature => true;

    private protected override FormattableString Settings =>
        $"momentum {_momentum}, dampening {_dampening}, rateInVelocity {_rateInVelocity}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => _rateInVelocity
        ? new UpdateEngine<T, MomentumRule<T, On>>(new(_momentum, _dampening), length)
        : new UpdateEngine<T, MomentumRule<T, Off>>(new(_momentum, _dampening), length);
}

internal struct MomentumRule<T, TRateInVelocity>(double momentum, double dampening) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRateInVelocity : ISwitch
{
    private readonly T _momentum = Rounding.To<T>(momentum);
    private T _gain;
    private T _rate;

    public static int SlotCount => 1;

    /// <summary>A velocity with the rate and one without it cannot continue each other, so they have different names.</summary>
    public static StateNames Names { get; } = new([typeof(TRateInVelocity) == typeof(On) ? "velocity" : "velocity without rate"], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products)
    {
        double gain = update == 1 ? 1 : 1 - dampening;
        _gain = Rounding.To<T>(typeof(TRateInVelocity) == typeof(On) ? learningRate * gain : gain);
        _rate = Rounding.To<T>(learningRate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V velocity, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        velocity = _momentum * velocity - _gain * gradient;
        parameter += typeof(TRateInVelocity) == typeof(On) ? velocity : _rate * velocity;
    }
}

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
/// The rate is part of the velocity, so a change of the rate affects new gradients only. At a constant rate the parameters are the same as
/// in the form that multiplies the velocity by the rate. Polyak, "Some methods of speeding up the convergence of iteration methods",
/// 1964, eq. (9). State: one vector.
/// </remarks>
/// <example><code>
/// var valley = Objective.From(p =&gt; p[0] * p[0] + 100 * p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 200 * p[1]));
/// TrainingResult result = new Trainer(new Momentum(0.005, momentum: 0.8)).Minimize(valley, [3, 1]);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
public sealed class Momentum : Optimizer
{
    private readonly double _momentum;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">
    /// The momentum μ, the decay factor of the velocity, in [0, 1); 0 is plain SGD. Under a constant gradient the steps become 1/(1 − μ)
    /// times as long.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Momentum(double learningRate = 0.01, double momentum = 0.9)
        : base(learningRate, Batching.Mini(32)) => _momentum = Guard.Fraction(momentum);

    internal override bool TakesInverseCurvature => true;

    private protected override FormattableString Settings => $"momentum {_momentum}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, MomentumRule<T>>(new(_momentum), length);
}

internal struct MomentumRule<T>(double momentum) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = Rounding.To<T>(momentum);
    private T _rate;

    public static int SlotCount => 1;

    public static StateNames Names { get; } = new(["velocity"], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V velocity, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        velocity = _momentum * velocity - _rate * gradient;
        parameter += velocity;
    }
}

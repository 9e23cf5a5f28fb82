using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Nesterov's accelerated gradient: momentum whose gradient is taken where the velocity is about to lead.</summary>
/// <remarks>
/// <code>
/// v ← μ v − η g
/// θ ← θ + μ v − η g
/// </code>
/// θ is the look-ahead point itself, so one gradient an update, at the caller's parameters, is enough: with x = θ − μv this is exactly
/// v ← μv − η∇f(x + μv), x ← x + v, also when η changes. Nesterov, "A method of solving a convex programming problem with convergence rate O(1/k²)",
/// 1983; in this form Sutskever, Martens, Dahl and Hinton, 2013, eqs. (3), (4), moved to the look-ahead point. State: one vector.
/// </remarks>
public sealed class Nesterov : Optimizer
{
    private readonly double _momentum;

    /// <summary>Creates the optimizer; its batches are of 32 samples unless a trainer's options say otherwise.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">The share μ of the velocity that stays, in [0, 1); 0 is plain SGD.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Nesterov(double learningRate = 0.01, double momentum = 0.9)
        : base(learningRate, Batching.Of(32)) => _momentum = Guard.Fraction(momentum);

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, NesterovRule<T>>(new(_momentum), length);
}

internal struct NesterovRule<T>(double momentum) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = Rounding.To<T>(momentum);
    private T _rate;

    public static int SlotCount => 1;

    public static StateNames Names { get; } = new(["velocity"], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<double> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V velocity, ref V slot1, ref V slot2) where V : struct, ILanes<V, T>
    {
        V step = _rate * gradient;
        velocity = _momentum * velocity - step;
        parameter += _momentum * velocity - step;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Quasi-hyperbolic momentum: the step is a weighted mean of the gradient and of its running mean.</summary>
/// <remarks>
/// <code>
/// m ← μ m + (1 − μ) g
/// θ ← θ − η ((1 − ν) g + ν m)
/// </code>
/// Ma and Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", ICLR 2019, eqs. (3) and (4). ν = 0 is plain SGD, ν = 1 momentum
/// with a damped gradient, ν = μ Nesterov's method. State: one vector.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new QHM(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // 30 % of the gradient, 70 % of its mean
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 0.9850 -0.7972
/// </code></example>
public sealed class QHM : Optimizer
{
    private readonly double _momentum;
    private readonly double _nu;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">The momentum μ, the decay factor of the mean gradient, in [0, 1).</param>
    /// <param name="nu">The weight ν of the mean in the step, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public QHM(double learningRate = 0.01, double momentum = 0.999, double nu = 0.7)
        : base(learningRate, Batching.Mini(32))
    {
        _momentum = Guard.Fraction(momentum);
        _nu = Guard.FromZeroToOne(nu);
    }

    private protected override FormattableString Settings => $"momentum {_momentum}, nu {_nu}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, QHMRule<T>>(new(_momentum, _nu), length);
}

internal struct QHMRule<T>(double momentum, double nu) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = Rounding.To<T>(momentum);
    private readonly T _gain = Rounding.To<T>(1 - momentum);
    private T _gradientRate;
    private T _meanRate;

    public static int SlotCount => 1;

    public static StateNames Names { get; } = new(["mean"], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars) =>
        (_gradientRate, _meanRate) = (Rounding.To<T>(learningRate * (1 - nu)), Rounding.To<T>(learningRate * nu));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _momentum * mean + _gain * gradient;
        parameter -= _gradientRate * gradient + _meanRate * mean;
    }
}

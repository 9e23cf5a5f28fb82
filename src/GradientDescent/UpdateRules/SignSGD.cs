using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// SignSGD with momentum (Signum): every coordinate moves by the rate, in the direction against the sign of its mean gradient.
/// </summary>
/// <remarks>
/// <code>
/// m ← μ m + (1 − μ) g
/// θ ← θ − η sign m            sign 0 = 0
/// </code>
/// The step does not depend on the gradient's scale, and it does not become shorter near the optimum: let the rate fall to 0. Bernstein,
/// Wang, Azizzadenesheli and Anandkumar, "signSGD: Compressed Optimisation for Non-Convex Problems", ICML 2018, Algorithm 2 with one
/// worker and the mean of Algorithm 3. State: one vector.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new SignSGD(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.900 -1.900
/// </code></example>
public sealed class SignSGD : Optimizer
{
    private readonly double _momentum;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">
    /// The rate η, finite and greater than 0; in the parameters' unit. It is the length of every step of a coordinate.
    /// </param>
    /// <param name="momentum">
    /// The momentum μ, the decay factor of the mean gradient, in [0, 1); 0 is the sign of the gradient itself.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public SignSGD(double learningRate = 0.001, double momentum = 0.9)
        : base(learningRate, Batching.Mini(32))
    {
        _momentum = Guard.Fraction(momentum);
    }

    private protected override FormattableString Settings => $"momentum {_momentum}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, SignSGDRule<T>>(new(_momentum), length);
}

internal struct SignSGDRule<T>(double momentum) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = Rounding.To<T>(momentum);
    private readonly T _gain = Rounding.To<T>(1 - momentum);
    private T _rate;

    public static int SlotCount => 1;

    public static StateNames Names { get; } = new(["mean"], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _momentum * mean + _gain * gradient;
        parameter -= LaneFunctions.WithSign<V, T>(V.Fill(_rate), mean);
    }
}

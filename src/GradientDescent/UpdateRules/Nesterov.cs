using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Nesterov's accelerated gradient: momentum with the gradient at the look-ahead point to which the velocity leads.</summary>
/// <remarks>
/// <code>
/// v ← μ v − η g
/// θ ← θ + μ v − η g
/// </code>
/// θ is the look-ahead point itself, so a step needs only one gradient, at the caller's parameters. With x = θ − μv the step is exactly
/// v ← μv − η∇f(x + μv), x ← x + v, also when η changes. Nesterov, "A method of solving a convex programming problem with convergence rate
/// O(1/k²)", 1983; in this form Sutskever, Martens, Dahl and Hinton, 2013, eqs. (3), (4), moved to the look-ahead point. State: one vector.
/// <para>
/// With <c>rateInVelocity: false</c> the rate of the step multiplies the whole move, as in PyTorch and optax. At a constant rate the
/// parameters are the same up to rounding:
/// </para>
/// <code>
/// v ← μ v − g
/// θ ← θ + η (μ v − g)
/// </code>
/// <para>
/// With adaptive restart, μ increases with the number t of steps since the last restart, and a velocity that leads uphill is reset:
/// </para>
/// <code>
/// μₜ = min(μ, (t − 1)/(t + 2)),  t from 1
/// g·(μₜ v − η g) &gt; 0: t ← 0
/// v ← μₜ v − η g
/// θ ← θ + μₜ₊₁ v − η g
/// t ← t + 1
/// </code>
/// After t ← 0 the next momentum is 0. The condition number need not be known. The gradients must be exact, so use full batches.
/// O'Donoghue and Candès, "Adaptive Restart for Accelerated Gradient Schemes", 2015, section 3.2, the gradient scheme. State: one vector,
/// one scalar.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { Batching = Batching.Full };
/// FitOptions fitOptions = new() { RateFromCurvature = true };
/// TrainingResult result = new Trainer(new Nesterov(momentum: 0.999, restart: true), options)
///     .Fit(new LinearRegression(), data, options: fitOptions);
/// Console.WriteLine(result.Reason);   // Converged
/// </code></example>
public sealed class Nesterov : Optimizer
{
    private readonly double _momentum;
    private readonly bool _restart;
    private readonly bool _rateInVelocity;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">
    /// The momentum μ, the decay factor of the velocity, in [0, 1); 0 is plain SGD. With restarts it is the maximum momentum: use 0.999
    /// or more.
    /// </param>
    /// <param name="restart">Whether to use adaptive restart, which resets the velocity when it leads uphill.</param>
    /// <param name="rateInVelocity">
    /// Whether the velocity contains the rate; otherwise it is a sum of gradients, and there is no restart.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    /// <exception cref="ArgumentException">There is a restart, and the velocity does not contain the rate.</exception>
    public Nesterov(double learningRate = 0.01, double momentum = 0.9, bool restart = false, bool rateInVelocity = true)
        : base(learningRate, Batching.Mini(32))
    {
        if (restart && !rateInVelocity)
            throw Guard.Invalid(nameof(rateInVelocity), $"rateInVelocity is False: with a restart the velocity must contain the rate.");
        (_momentum, _restart, _rateInVelocity) = (Guard.Fraction(momentum), restart, rateInVelocity);
    }

    internal override bool TakesInverseCurvature => _restart;

    private protected override FormattableString Settings =>
        $"momentum {_momentum}, restart {_restart}, rateInVelocity {_rateInVelocity}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => (_restart, _rateInVelocity) switch
    {
        (true, _) => new UpdateEngine<T, RestartedNesterovRule<T>>(new(_momentum), length),
        (false, true) => new UpdateEngine<T, NesterovRule<T, On>>(new(_momentum), length),
        (false, false) => new UpdateEngine<T, NesterovRule<T, Off>>(new(_momentum), length),
    };
}

internal struct NesterovRule<T, TRateInVelocity>(double momentum) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TRateInVelocity : ISwitch
{
    private readonly T _momentum = Rounding.To<T>(momentum);
    private T _rate;

    public static int SlotCount => 1;

    public static StateNames Names => MomentumRule<T, TRateInVelocity>.Names;

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V velocity, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V step = typeof(TRateInVelocity) == typeof(On) ? _rate * gradient : gradient;
        velocity = _momentum * velocity - step;
        V move = _momentum * velocity - step;
        parameter += typeof(TRateInVelocity) == typeof(On) ? move : _rate * move;
    }
}

internal struct RestartedNesterovRule<T>(double momentum) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private double _gradientByVelocity;
    private double _gradientByGradient;
    private T _momentum;
    private T _following;
    private T _rate;

    public static int SlotCount => 1;

    public static bool LooksAtWholeVectors => true;

    public static StateNames Names { get; } = new(["velocity"], ["steps since restart"], AreExact: true);

    public readonly double SlotStart(int slot) => 0;

    public void Observe(double learningRate, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, IRuleState<T> state) =>
        (_gradientByVelocity, _gradientByGradient) = (Reductions.Dot<T, T>(gradient, state.Slot(0)), Reductions.Dot(gradient, gradient));

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products)
    {
        double count = products[0].High;
        double here = MomentumAt(count);
        if (here * _gradientByVelocity > learningRate * _gradientByGradient)
            count = 0;
        products[0] = ++count;
        (_momentum, _following, _rate) = (Rounding.To<T>(here), Rounding.To<T>(MomentumAt(count)), Rounding.To<T>(learningRate));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V velocity, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V step = _rate * gradient;
        velocity = _momentum * velocity - step;
        parameter += _following * velocity - step;
    }

    /// <summary>Returns the momentum; it is 0 at the first step after a restart.</summary>
    private readonly double MomentumAt(double count) => Math.Clamp((count - 1) / (count + 2), 0, momentum);
}

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

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">
    /// The momentum μ, the decay factor of the velocity, in [0, 1); 0 is plain SGD. With restarts it is the maximum momentum: use 0.999
    /// or more.
    /// </param>
    /// <param name="restart">Whether to use adaptive restart, which resets the velocity when it leads uphill.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Nesterov(double learningRate = 0.01, double momentum = 0.9, bool restart = false)
        : base(learningRate, Batching.Mini(32)) => (_momentum, _restart) = (Guard.Fraction(momentum), restart);

    internal override bool TakesInverseCurvature => _restart;

    private protected override FormattableString Settings => $"momentum {_momentum}, restart {_restart}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => _restart
        ? new UpdateEngine<T, RestartedNesterovRule<T>>(new(_momentum), length)
        : new UpdateEngine<T, NesterovRule<T>>(new(_momentum), length);
}

internal struct NesterovRule<T>(double momentum) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
        V step = _rate * gradient;
        velocity = _momentum * velocity - step;
        parameter += _momentum * velocity - step;
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

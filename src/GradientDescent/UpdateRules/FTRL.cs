using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>FTRL-Proximal: AdaGrad as a follow-the-leader method, in which the L1 penalty gives exact zeros.</summary>
/// <remarks>
/// <code>
/// n ← n + g²
/// z ← z + g − (Dₜ − Dₜ₋₁) θ           Dₜ = (β + √n) / ηₜ
/// θ ← 0 if |z| ≤ λ₁, else −(z − sign(z) λ₁) / (Dₜ + λ₂)
/// </code>
/// z starts where θ₀ is the solution, at −θ₀(β/η₀ + λ₂) − sign(θ₀)λ₁. At a constant rate Dₜ − Dₜ₋₁ is (√nₜ − √nₜ₋₁)/η. A coordinate whose
/// gradient is 0 does not move, and a step at rate 0 changes nothing. McMahan et al., "Ad Click Prediction: a View from the Trenches",
/// KDD 2013, Algorithm 1; rates that change with t as in its section 3. The penalties λ are those of the sum of all gradients, not of
/// their mean. State: two vectors, one scalar.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new FTRL(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F4} {parameters[1]:F4}");   // 0.9667 -1.9024
/// </code></example>
public sealed class FTRL : Optimizer
{
    private readonly double _beta;
    private readonly double _l1Strength;
    private readonly double _l2Strength;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit. The paper calls it α.</param>
    /// <param name="beta">The offset β of the root, finite and greater than 0; in the gradient's unit.</param>
    /// <param name="l1Strength">The strength λ₁ of the L1 penalty, finite and at least 0.</param>
    /// <param name="l2Strength">The strength λ₂ of the L2 penalty, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public FTRL(double learningRate = 0.1, double beta = 1, double l1Strength = 0, double l2Strength = 0)
        : base(learningRate, Batching.Mini(32))
    {
        _beta = Guard.Positive(beta);
        _l1Strength = Guard.FiniteNonNegative(l1Strength);
        _l2Strength = Guard.FiniteNonNegative(l2Strength);
    }

    private protected override FormattableString Settings => $"beta {_beta}, l1Strength {_l1Strength}, l2Strength {_l2Strength}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, FTRLRule<T>>(new(LearningRate, _beta, _l1Strength, _l2Strength), length);
}

internal struct FTRLRule<T>(double baseRate, double beta, double l1Strength, double l2Strength) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta = Rounding.To<T>(beta);
    private readonly T _l1Strength = Rounding.To<T>(l1Strength);
    private readonly T _l2Strength = Rounding.To<T>(l2Strength);
    private T _isMoving;
    private T _inverseRate;
    private T _inverseChange;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["sum of squares", "solution slope"], []) { Sums = ["last rate"] };

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public readonly double SlotStart(int slot, double parameter) =>
        slot == 0 ? 0 : -parameter * (beta / baseRate + l2Strength) - Math.Sign(parameter) * l1Strength;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        double last = scalars[0].High == 0 ? baseRate : scalars[0].High, rate = learningRate == 0 ? last : learningRate;
        scalars[0] = rate;
        _isMoving = learningRate == 0 ? T.Zero : T.One;
        _inverseRate = Rounding.To<T>(1 / rate);
        _inverseChange = Rounding.To<T>(1 / rate - 1 / last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V squares, ref V slope, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V zero = V.Fill(T.Zero), slopeLimit = V.Fill(_l1Strength);
        V taken = _isMoving * gradient, before = V.Sqrt(squares);
        squares += taken * taken;
        V root = V.Sqrt(squares);
        slope += taken - (_inverseRate * (root - before) + _inverseChange * (before + _beta)) * parameter;
        V beyond = slope - LaneFunctions.Clamp<V, T>(slope, zero - slopeLimit, slopeLimit); // 0 where |z| is at most λ₁
        V moved = (zero - beyond) / (_inverseRate * (root + _beta) + _l2Strength);
        parameter = V.WhereGreater(V.Abs(taken), zero, moved, parameter);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>FTRL-Proximal: AdaGrad as a follow-the-leader method, in which the L1 penalty gives exact zeros.</summary>
/// <remarks>
/// <code>
/// n ← n + g²
/// z ← y + g − Dₜ θ                    Dₜ = (β + √n) / ηₜ
/// θ ← 0 if |z| ≤ λ₁, else −(z − sign(z) λ₁) / (Dₜ + λ₂)
/// y ← z + Dₜ θ
/// </code>
/// z is that of the paper, whose rule is z ← z + g − (Dₜ − Dₜ₋₁)θ. The state here is y = z + Dθ instead, which does not depend on the rate:
/// a coordinate whose gradient is 0 keeps it when the rate changes. y is −sign(θ)λ₁ − λ₂θ where θ is not 0, and starts there. A step at
/// rate 0 changes nothing. McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013, Algorithm 1; rates that change with t
/// as in its section 3. The penalties λ are those of the sum of all gradients, not of their mean. State: two vectors.
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
        new UpdateEngine<T, FTRLRule<T>>(new(_beta, _l1Strength, _l2Strength), length);
}

internal struct FTRLRule<T>(double beta, double l1Strength, double l2Strength) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta = Rounding.To<T>(beta);
    private readonly T _l1Strength = Rounding.To<T>(l1Strength);
    private readonly T _l2Strength = Rounding.To<T>(l2Strength);
    private T _isMoving;
    private T _inverseRate;

    public static int SlotCount => 2;

    public static bool IgnoresZeroGradients => true;

    public static StateNames Names { get; } = new(["sum of squares", "solution slope"], []);

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public readonly double SlotStart(int slot, double parameter) =>
        slot == 0 ? 0 : -parameter * l2Strength - Math.Sign(parameter) * l1Strength;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        _isMoving = learningRate == 0 ? T.Zero : T.One;
        _inverseRate = learningRate == 0 ? T.One : Rounding.To<T>(1 / learningRate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V squares, ref V slope, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V zero = V.Fill(T.Zero), slopeLimit = V.Fill(_l1Strength);
        V taken = _isMoving * gradient;
        squares += taken * taken;
        V stiffness = _inverseRate * (V.Sqrt(squares) + _beta), z = slope + taken - stiffness * parameter;
        V kept = LaneFunctions.Clamp<V, T>(z, zero - slopeLimit, slopeLimit); // z where |z| is at most λ₁
        V moved = (kept - z) / (stiffness + _l2Strength);
        parameter = V.WhereGreater(V.Abs(taken), zero, moved, parameter);
        slope = V.WhereGreater(V.Abs(taken), zero, kept - _l2Strength * moved, slope);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// MADGRAD: momentum with dual averaging and the cube root of the summed squares, in place of the square root of AdaGrad.
/// </summary>
/// <remarks>
/// <code>
/// λ ← η √t
/// s ← s + λ g
/// ν ← ν + λ g²
/// z ← θ₀ − s / (∛ν + ε)
/// θ ← μ θ + (1 − μ) z           θ₀: the parameters before the first step
/// </code>
/// Defazio and Jelassi, "Adaptivity without Compromise: A Momentumized, Adaptive, Dual Averaged Gradient Method for Stochastic
/// Optimization", 2021, Algorithm 1; without ε in the rate, which its code adds. The parameters always follow from θ₀ and the state, so a
/// move from outside is forgotten with the momentum. State: three vectors.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new MADGRAD(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.983 -1.926
/// </code></example>
public sealed class MADGRAD : Optimizer
{
    private readonly double _momentum;
    private readonly double _epsilon;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">The momentum μ, the share of the parameters that a step keeps, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the unit of the cube root of rate times squared gradient; greater than 0. A value
    /// too small for the element type is raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public MADGRAD(double learningRate = 0.01, double momentum = 0.9, double epsilon = 1e-6)
        : base(learningRate, Batching.Mini(32))
    {
        _momentum = Guard.Fraction(momentum);
        _epsilon = Guard.Positive(epsilon);
    }

    private protected override FormattableString Settings => $"momentum {_momentum}, epsilon {_epsilon}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, MADGRADRule<T>>(new(_momentum, _epsilon), length);
}

internal struct MADGRADRule<T>(double momentum, double epsilon) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _share = Rounding.To<T>(1 - momentum);
    private readonly T _epsilon = Rounding.Epsilon<T>(epsilon);
    private T _weight;

    public static int SlotCount => 3;

    public static StateNames Names { get; } = new(["sum", "sum of squares", "start"], []);

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public static bool KeepsPoints => true;

    public readonly double SlotStart(int slot, double parameter) => slot == 2 ? parameter : 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars) =>
        _weight = Rounding.To<T>(learningRate * Math.Sqrt(update));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V sum, ref V squares, ref V start, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        sum += _weight * gradient;
        squares += _weight * (gradient * gradient);
        V target = start - sum / (ElementaryOfLanes.Of<CubeRoot, V, T>(squares) + _epsilon);
        parameter += _share * (target - parameter);
    }
}

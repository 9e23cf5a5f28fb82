using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// AdaGrad: the rate of each coordinate decreases with the sum of its squared gradients, so rare features keep long steps.
/// </summary>
/// <remarks>
/// <code>
/// s ← s + g²
/// θ ← θ − η g / (√s + ε)
/// </code>
/// Duchi, Hazan and Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization", JMLR 12, 2011, figure 1
/// (diagonal form; ε is the δ of the paper and is outside the root). With <c>epsilonInRoot: true</c> the divisor is √(s + ε), as in Keras
/// and optax. State: one vector.
/// </remarks>
/// <example><code>
/// // The first coordinate is a thousand times as steep as the second: each gets a rate of its own.
/// var optimizer = new AdaGrad(learningRate: 0.1);
/// double[] parameters = [1, 1];
/// optimizer.Update(parameters, [2000, 2]);
/// Console.WriteLine($"{parameters[0]:F6} {parameters[1]:F6}");   // 0.900000 0.900000
/// </code></example>
public sealed class AdaGrad : Optimizer
{
    private readonly double _epsilon;
    private readonly double _initialAccumulator;
    private readonly bool _epsilonInRoot;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">
    /// The rate η, finite and greater than 0; with an initial accumulator of 0 it is the length of a coordinate's first step.
    /// </param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="initialAccumulator">
    /// The initial value of s, in the gradient's unit squared, at least 0. At 0 the first step does not depend on the gradient's scale.
    /// </param>
    /// <param name="epsilonInRoot">Whether ε is added inside the root; it then has the unit of the squared gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AdaGrad(double learningRate = 0.01, double epsilon = 1e-10, double initialAccumulator = 0, bool epsilonInRoot = false)
        : base(learningRate, Batching.Mini(32))
    {
        _epsilon = Guard.Positive(epsilon);
        _initialAccumulator = Guard.FiniteNonNegative(initialAccumulator);
        _epsilonInRoot = epsilonInRoot;
    }

    private protected override FormattableString Settings =>
        $"epsilon {_epsilon}, initialAccumulator {_initialAccumulator}, epsilonInRoot {_epsilonInRoot}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => _epsilonInRoot
        ? new UpdateEngine<T, AdaGradRule<T, On>>(new(_epsilon, _initialAccumulator), length)
        : new UpdateEngine<T, AdaGradRule<T, Off>>(new(_epsilon, _initialAccumulator), length);
}

internal struct AdaGradRule<T, TEpsilonInRoot>(double epsilon, double initialAccumulator) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TEpsilonInRoot : ISwitch
{
    private readonly RootEpsilon<T, TEpsilonInRoot> _epsilon = new(epsilon);
    private T _rate;

    public static int SlotCount => 1;

    public static bool IgnoresZeroGradients => true;

    public static StateNames Names { get; } = new(["sum of squares"], []);

    public readonly double SlotStart(int slot) => initialAccumulator;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V sumOfSquares, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        sumOfSquares += gradient * gradient;
        parameter -= _rate * gradient / _epsilon.Divisor(sumOfSquares);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// D-Adaptation for SGD: dual averaging that estimates the distance to the solution from the gradients, in place of a rate.
/// </summary>
/// <remarks>
/// <code>
/// τ ← d η / ‖g₁‖                             g₁: the first gradient that is not 0
/// r ← r + τ ⟨g, s⟩
/// s ← s + τ g
/// d ← max(d, 2 r / ‖s‖)                      d starts at initialDistance
/// θ ← μ θ + (1 − μ) (θ₀ − s)
/// </code>
/// d only grows. The products and norms are those of the whole vector. Defazio and Mishchenko, "Learning-Rate-Free Learning by
/// D-Adaptation", ICML 2023, Algorithm 4. A schedule may change η during a run. θ follows from θ₀ and s, so a move of the parameters from
/// outside is forgotten with the momentum. State: two vectors, three scalars.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 2 * p[1]));
/// TrainingResult result = new Trainer(new DAdaptSGD(), new() { MaxSteps = 2000 }).Minimize(bowl, [3, 1]);   // no rate to choose
/// Console.WriteLine(result.Loss &lt; 1e-6);   // True
/// </code></example>
public sealed class DAdaptSGD : Optimizer
{
    private readonly double _momentum;
    private readonly double _initialDistance;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The factor η of the rate, finite and greater than 0; 1 is the method itself.</param>
    /// <param name="momentum">The momentum μ, the share of the parameters that a step keeps, in [0, 1).</param>
    /// <param name="initialDistance">
    /// The distance d at the start, a lower bound of the distance to the solution; finite and greater than 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public DAdaptSGD(double learningRate = 1, double momentum = 0, double initialDistance = 1e-6)
        : base(learningRate, Batching.Mini(32))
    {
        _momentum = Guard.Fraction(momentum);
        _initialDistance = Guard.Positive(initialDistance);
    }

    private protected override FormattableString Settings => $"momentum {_momentum}, initialDistance {_initialDistance}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, DAdaptSGDRule<T>>(new(_momentum, _initialDistance), length);
}

internal struct DAdaptSGDRule<T>(double momentum, double initialDistance) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _share = Rounding.To<T>(1 - momentum);
    private double _firstNorm;
    private double _distance;
    private double _gradientBySum;
    private T _weight;

    public static int SlotCount => 2;

    public static bool LooksAtWholeVectors => true;

    public static StateNames Names { get; } = new(["sum", "start"], []) { Sums = ["numerator", "distance", "first norm"] };

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public static bool KeepsPoints => true;

    public readonly double SlotStart(int slot, double parameter) => slot == 0 ? 0 : parameter;

    // d is brought up to date here, at the beginning of the next step, where s is complete.
    public void Observe(double learningRate, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, IRuleState<T> state)
    {
        double numerator = state.Scalars[0].High, distance = state.Scalars[1].High, firstNorm = state.Scalars[2].High;
        ReadOnlySpan<T> sum = state.Slot(0);
        double norm = Math.Sqrt(Reductions.Dot(sum, sum));
        _distance = Math.Max(distance == 0 ? initialDistance : distance, norm == 0 ? 0 : 2 * numerator / norm);
        _firstNorm = firstNorm == 0 ? Math.Sqrt(Reductions.Dot(gradient, gradient)) : firstNorm;
        _gradientBySum = Reductions.Dot(gradient, sum);
    }

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        double weight = _firstNorm == 0 ? 0 : _distance * learningRate / _firstNorm;
        (scalars[0], scalars[1], scalars[2]) = (scalars[0].High + weight * _gradientBySum, _distance, _firstNorm);
        _weight = Rounding.To<T>(weight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V sum, ref V start, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        sum += _weight * gradient;
        parameter += _share * (start - sum - parameter);
    }
}

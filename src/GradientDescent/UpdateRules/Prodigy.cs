using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Prodigy: Adam that estimates the distance to the solution from the gradients, in place of a rate.</summary>
/// <remarks>
/// <code>
/// r ← β₃ r + (d/d₀) d η ⟨g, θ₀ − θ⟩           β₃ = √β₂
/// s ← β₃ s + (d/d₀) d η g
/// d₊ ← max(d, c r / ‖s‖₁)                    d starts at d₀
/// m ← β₁ m + (1 − β₁) d g
/// v ← β₂ v + (1 − β₂) d² g²
/// θ ← θ − η d m / (√v + d₊ ε)                no move while ‖s‖₁ = 0;  then d ← d₊
/// </code>
/// d only grows. The products and norms are those of the whole vector. Mishchenko and Defazio, "Prodigy: An Expeditiously Adaptive
/// Parameter-Free Learner", ICML 2024, Algorithm 4, with d₊ in the term of ε as in its code. A schedule may change η during a run. State:
/// four vectors, among them θ − θ₀, which would lose digits as a difference; two scalars.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 2 * p[1]));
/// TrainingResult result = new Trainer(new Prodigy(), new() { MaxSteps = 2000 }).Minimize(bowl, [3, 1]);   // no rate to choose
/// Console.WriteLine(result.Loss &lt; 1e-6);   // True
/// </code></example>
public sealed class Prodigy : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly double _initialDistance;
    private readonly double _distanceFactor;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The factor η of the rate, finite and greater than 0; 1 is the method itself.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1). The sums r and s decay with its root.</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="initialDistance">
    /// The distance d₀ at the start, a lower bound of the distance to the solution; finite and greater than 0.
    /// </param>
    /// <param name="distanceFactor">The factor c of the estimated distance, finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Prodigy(
        double learningRate = 1, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double initialDistance = 1e-6, double
        distanceFactor = 1)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _initialDistance = Guard.Positive(initialDistance);
        _distanceFactor = Guard.Positive(distanceFactor);
    }

    private protected override FormattableString Settings =>
        $"{_settings}, initialDistance {_initialDistance}, distanceFactor {_distanceFactor}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, ProdigyRule<T>>(new(_settings, _initialDistance, _distanceFactor), length);
}

internal struct ProdigyRule<T>(AdamSettings settings, double initialDistance, double distanceFactor) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private readonly T _sumKept = Rounding.To<T>(Math.Sqrt(settings.Beta2));
    private double _numerator;
    private double _nextDistance;
    private T _distance;
    private T _sumGain;
    private T _rate;
    private T _epsilon;

    public static int SlotCount => 4;

    public static StateNames Names { get; } = new(["mean", "mean square", "sum", "displacement"], []) { Sums = ["numerator", "distance"] };

    public static bool LooksAtWholeVectors => true;

    public readonly double SlotStart(int slot) => 0;

    public void Observe(double learningRate, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, IRuleState<T> state)
    {
        double saved = state.Scalars[1].High, distance = saved == 0 ? initialDistance : saved;
        double gain = distance / initialDistance * distance * learningRate;
        _sumGain = Rounding.To<T>(gain);
        _numerator = Math.Sqrt(settings.Beta2) * state.Scalars[0].High - gain * Reductions.Dot<T, T>(gradient, state.Slot(3));
        double norm = Reductions.SumOfMagnitudes<T>(
            double.CreateSaturating(_sumKept), state.Slot(2), double.CreateSaturating(_sumGain), gradient);
        _nextDistance = norm == 0 ? distance : Math.Max(distance, distanceFactor * _numerator / norm);
        _distance = Rounding.To<T>(distance);
        _rate = norm == 0 ? T.Zero : Rounding.To<T>(learningRate * distance);
        _epsilon = Rounding.Epsilon<T>(_nextDistance * settings.Epsilon);
    }

    public readonly void Prepare(double learningRate, long update, Span<DoubleDouble> scalars) =>
        (scalars[0], scalars[1]) = (_numerator, _nextDistance);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V sum, ref V displacement, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V scaled = _distance * gradient;
        mean = _factors.Beta1 * mean + _factors.Gain1 * scaled;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (scaled * scaled);
        sum = _sumKept * sum + _sumGain * gradient;
        V step = _rate * mean / (V.Sqrt(meanSquare) + _epsilon);
        displacement -= step;
        parameter -= step;
    }
}

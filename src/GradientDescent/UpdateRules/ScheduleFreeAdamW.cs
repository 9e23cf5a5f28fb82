using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Schedule-free AdamW: Adam without momentum of its own, whose gradients are taken between a fast iterate and its mean.</summary>
/// <remarks>
/// <code>
/// γ ← η min(1, t/T)                          T: warmupSteps
/// v ← β₂ v + (1 − β₂) g²                     g: the gradient at y;  v̂ = v / (1 − β₂ᵗ)
/// z ← z − γ (g / (√v̂ + ε) + λ y)
/// x ← x + c (z − x)                          c = w/Σw with w = tʳ (max γ)ᵖ
/// y ← z + β₁ (x − z)
/// </code>
/// y are the parameters, x the solution: <see cref="Optimizer.CopySolution(ReadOnlySpan{double}, Span{double})"/> gives it, a trainer
/// validates and returns it. Leave the schedule constant. Defazio et al., "The Road Less Scheduled", NeurIPS 2024, section 4, with the
/// weights of its code. y follows from z and x, so a move of the parameters from outside is forgotten. State: three vectors, four
/// scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2], solution = new double[2];
/// var optimizer = new ScheduleFreeAdamW(learningRate: 0.1);
/// for (int t = 0; t &lt; 400; t++)
///     optimizer.Update(parameters, [2 * parameters[0], 2 * parameters[1]]);   // of x² + y²
/// optimizer.CopySolution(parameters, solution);
/// Console.WriteLine(Math.Abs(solution[0]) &lt; 0.1);   // True
/// </code></example>
public sealed class ScheduleFreeAdamW : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly ScheduleFreeWeights _weights;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The weight β₁ of the mean in the point where gradients are taken, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="warmupSteps">The number of steps in which the rate grows linearly from 0 to η, at least 0.</param>
    /// <param name="weightDecay">The weight decay λ, added to the gradient as λ y; finite and at least 0.</param>
    /// <param name="stepPower">The power r of the step number in the weight of a step, finite and at least 0.</param>
    /// <param name="weightPower">The power p of the largest rate in the weight of a step, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public ScheduleFreeAdamW(
        double learningRate = 0.0025, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, int warmupSteps = 0, double
        weightDecay = 0, double stepPower = 0, double weightPower = 2)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _weights = new ScheduleFreeWeights(warmupSteps, weightDecay, stepPower, weightPower);
    }

    private protected override int? SolutionSlot => 1;

    private protected override FormattableString Settings => $"{_settings}, {_weights}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, ScheduleFreeAdamWRule<T>>(new(_settings, _weights), length);
}

internal struct ScheduleFreeAdamWRule<T>(AdamSettings settings, ScheduleFreeWeights weights) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private readonly T _decay = Rounding.To<T>(weights.WeightDecay);
    private T _rate;
    private T _share;
    private T _rootScale;

    public static int SlotCount => 3;

    public static StateNames Names { get; } =
        new(["iterate", "average", "mean square"], ["beta2 power"]) { Sums = ScheduleFreeWeights.Sums };

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public static bool KeepsPoints => true;

    public readonly double SlotStart(int slot, double parameter) => slot == 2 ? 0 : parameter;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= settings.Beta2;
        (double rate, double share) = weights.Advance(learningRate, update, scalars[1..]);
        (_rate, _share) = (Rounding.To<T>(rate), Rounding.To<T>(share));
        _rootScale = Rounding.To<T>(1 / Math.Sqrt((1 - scalars[0]).High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V iterate, ref V average, ref V meanSquare, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        V scaled = gradient / (_rootScale * V.Sqrt(meanSquare) + _factors.Epsilon);
        iterate -= _rate * (scaled + _decay * parameter);
        average += _share * (iterate - average);
        parameter = iterate + _factors.Beta1 * (average - iterate);
    }
}

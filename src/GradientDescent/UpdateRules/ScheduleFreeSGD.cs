using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Schedule-free SGD: gradients are taken between a fast iterate and its mean; the mean is the solution, and no schedule is needed.
/// </summary>
/// <remarks>
/// <code>
/// γ ← η min(1, t/T)                          T: warmupSteps
/// z ← z − γ (g + λ y)                        g: the gradient at y
/// x ← x + c (z − x)                          c = w/Σw with w = tʳ (max γ)ᵖ
/// y ← z + β (x − z)
/// </code>
/// y are the parameters, x the solution: <see cref="Optimizer.CopySolution(ReadOnlySpan{double}, Span{double})"/> gives it, a trainer
/// validates and returns it. Leave the schedule constant. Defazio et al., "The Road Less Scheduled", NeurIPS 2024, Algorithm 1 with the
/// weights of its code. y follows from z and x, so a move of the parameters from outside is forgotten. State: two vectors, two scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2], solution = new double[2];
/// var optimizer = new ScheduleFreeSGD(learningRate: 0.1);
/// for (int t = 0; t &lt; 200; t++)
///     optimizer.Update(parameters, [2 * parameters[0], 2 * parameters[1]]);   // of x² + y²
/// optimizer.CopySolution(parameters, solution);
/// Console.WriteLine(Math.Abs(solution[0]) &lt; 0.1);   // True
/// </code></example>
public sealed class ScheduleFreeSGD : Optimizer
{
    private readonly double _momentum;
    private readonly ScheduleFreeWeights _weights;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="momentum">The weight β of the mean in the point where gradients are taken, in [0, 1).</param>
    /// <param name="warmupSteps">The number of steps in which the rate grows linearly from 0 to η, at least 0.</param>
    /// <param name="weightDecay">The weight decay λ, added to the gradient as λ y; finite and at least 0.</param>
    /// <param name="stepPower">The power r of the step number in the weight of a step, finite and at least 0.</param>
    /// <param name="weightPower">The power p of the largest rate in the weight of a step, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public ScheduleFreeSGD(
        double learningRate = 1, double momentum = 0.9, int warmupSteps = 0, double weightDecay = 0, double stepPower = 0, double
        weightPower = 2)
        : base(learningRate, Batching.Mini(32))
    {
        _momentum = Guard.Fraction(momentum);
        _weights = new ScheduleFreeWeights(warmupSteps, weightDecay, stepPower, weightPower);
    }

    private protected override int? SolutionSlot => 1;

    private protected override FormattableString Settings => $"momentum {_momentum}, {_weights}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, ScheduleFreeSGDRule<T>>(new(_momentum, _weights), length);
}

internal struct ScheduleFreeSGDRule<T>(double momentum, ScheduleFreeWeights weights) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _momentum = Rounding.To<T>(momentum);
    private readonly T _decay = Rounding.To<T>(weights.WeightDecay);
    private T _rate;
    private T _share;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["iterate", "average"], []) { Sums = ScheduleFreeWeights.Sums };

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public static bool KeepsPoints => true;

    public readonly double SlotStart(int slot, double parameter) => parameter;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        (double rate, double share) = weights.Advance(learningRate, update, scalars);
        (_rate, _share) = (Rounding.To<T>(rate), Rounding.To<T>(share));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V iterate, ref V average, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        iterate -= _rate * (gradient + _decay * parameter);
        average += _share * (iterate - average);
        parameter = iterate + _momentum * (average - iterate);
    }
}

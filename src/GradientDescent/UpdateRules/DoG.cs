using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// DoG, distance over gradients: SGD whose rate is the largest distance from the start divided by the root of the summed squares.
/// </summary>
/// <remarks>
/// <code>
/// d ← max(d, ‖θ − θ₀‖)                       d starts at r (1 + ‖θ₀‖)
/// G ← G + ‖g‖²
/// θ ← θ − η d g / √(G + 10⁻⁸)
/// θ̄ ← θ̄ + 9/(t + 8) (θ − θ̄)
/// </code>
/// The norms are those of the whole vector. θ̄ is the solution: <see cref="Optimizer.CopySolution(ReadOnlySpan{double}, Span{double})"/>
/// gives it, a trainer validates and returns it. Ivgi, Hinder and Carmon, "DoG is SGD's Best Friend: A Parameter-Free Dynamic Step Size
/// Schedule", ICML 2023, eq. (DoG) with the polynomial-decay average of its experiments (γ = 8) and the constant of its code. State: two
/// vectors, two scalars.
/// </remarks>
/// <example><code>
/// IObjective bowl = Objective.From(p =&gt; p[0] * p[0] + p[1] * p[1], (p, g) =&gt; (g[0], g[1]) = (2 * p[0], 2 * p[1]));
/// TrainingResult result = new Trainer(new DoG(), new() { MaxSteps = 2000 }).Minimize(bowl, [3, 1]);   // no rate to choose
/// Console.WriteLine(result.Loss &lt; 1e-6);   // True
/// </code></example>
public sealed class DoG : Optimizer
{
    private readonly double _initialDistance;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The factor η of the rate, finite and greater than 0; 1 is the method itself.</param>
    /// <param name="initialDistance">The number r that gives the length of the first step, r(1 + ‖θ₀‖), finite and greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public DoG(double learningRate = 1, double initialDistance = 1e-6)
        : base(learningRate, Batching.Mini(32))
    {
        _initialDistance = Guard.Positive(initialDistance);
    }

    private protected override int? SolutionSlot => 1;

    private protected override FormattableString Settings => $"initialDistance {_initialDistance}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, DoGRule<T>>(new(_initialDistance), length);
}

internal struct DoGRule<T>(double initialDistance) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double LeastSquares = 1e-8;
    private const double AveragingPower = 8;

    private double _distance;
    private double _squares;
    private T _rate;
    private T _share;

    public static int SlotCount => 2;

    public static bool LooksAtWholeVectors => true;

    public static StateNames Names { get; } = new(["start", "average"], []) { Sums = ["largest distance", "sum of squares"] };

    public readonly double SlotStart(int slot) => 0;

    public static bool StartsAtParameters => true;

    public static bool KeepsPoints => true;

    public readonly double SlotStart(int slot, double parameter) => parameter;

    public void Observe(double learningRate, ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, IRuleState<T> state)
    {
        double largest = state.Scalars[0].High;
        _distance = largest == 0
            ? initialDistance * (1 + Math.Sqrt(Reductions.Dot(parameters, parameters)))
            : Math.Max(largest, Reductions.Distance<T>(parameters, state.Slot(0)));
        _squares = state.Scalars[1].High + Reductions.Dot(gradient, gradient);
    }

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        (scalars[0], scalars[1]) = (_distance, _squares);
        _rate = Rounding.To<T>(learningRate * _distance / Math.Sqrt(_squares + LeastSquares));
        _share = Rounding.To<T>((AveragingPower + 1) / (update + AveragingPower));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V start, ref V average, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        parameter -= _rate * gradient;
        average += _share * (parameter - average);
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>RMSProp: divides each coordinate's gradient by a running root mean square of itself.</summary>
/// <remarks>
/// <code>
/// s ← ρ s + (1 − ρ) g²
/// d ← g / (√s + ε)                       centred: m ← ρ m + (1 − ρ) g,  d ← g / (√max(s − m², 0) + ε)
/// θ ← θ − η d                            with momentum: v ← μ v − η d,  θ ← θ + v
/// </code>
/// Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012; centred with momentum: Graves, "Generating Sequences
/// With Recurrent Neural Networks", 2013, eqs. (38) to (41), with ε outside the root here. The variance s − m² is clamped at 0: rounding
/// makes it negative under a nearly constant gradient, and its root would be NaN. s starts at 0 and is not corrected, so the first step is
/// η/√(1 − ρ) long. State: one vector, one more when centred, one more with momentum.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 50, Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// TrainingResult result = new Trainer(new RMSProp(0.1, momentum: 0.5, centered: true), options).Fit(new LinearRegression(), data);
/// Console.WriteLine($"loss {result.Loss:F0}");   // loss 2860
/// </code></example>
public sealed class RMSProp : Optimizer
{
    private readonly double _rho;
    private readonly double _epsilon;
    private readonly double _momentum;
    private readonly bool _centered;

    /// <summary>Creates the optimizer; its batches are of 32 samples unless a trainer's options say otherwise.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="rho">The share ρ of the running mean that stays, in [0, 1).</param>
    /// <param name="epsilon">
    /// Keeps the division finite; in the gradient's unit; greater than 0. A value too small for the element type is raised to 1.1e-19
    /// (float) or 1.5e-154 (double). Centred, it also bounds the step, by η|g|/ε, when the gradient does not vary.
    /// </param>
    /// <param name="momentum">The share μ of the velocity that stays, in [0, 1).</param>
    /// <param name="centered">Whether the running mean of the gradient is taken off: division by the standard deviation.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public RMSProp(double learningRate = 0.001, double rho = 0.9, double epsilon = 1e-8, double momentum = 0, bool centered = false)
        : base(learningRate, Batching.Of(32))
    {
        _rho = Guard.Fraction(rho);
        _epsilon = Guard.Positive(epsilon);
        _momentum = Guard.Fraction(momentum);
        _centered = centered;
    }

    private protected override FormattableString Settings => $"rho {_rho}, epsilon {_epsilon}, momentum {_momentum}, centered {_centered}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => (_centered, _momentum > 0) switch
    {
        (false, false) => Engine<T, Off, Off>(length),
        (false, true) => Engine<T, Off, On>(length),
        (true, false) => Engine<T, On, Off>(length),
        (true, true) => Engine<T, On, On>(length),
    };

    private UpdateEngine<T, RMSPropRule<T, TCentered, TMomentum>> Engine<T, TCentered, TMomentum>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TCentered : ISwitch
        where TMomentum : ISwitch => new(new(_rho, _epsilon, _momentum), length);
}

/// <summary>Slots: the mean square, then the mean (if centred), then the velocity (if there is momentum).</summary>
internal struct RMSPropRule<T, TCentered, TMomentum>(double rho, double epsilon, double momentum) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TCentered : ISwitch
    where TMomentum : ISwitch
{
    private readonly T _rho = Rounding.To<T>(rho);
    private readonly T _gain = Rounding.To<T>(1 - rho);
    private readonly T _epsilon = Rounding.Epsilon<T>(epsilon);
    private readonly T _momentum = Rounding.To<T>(momentum);
    private T _rate;

    public static int SlotCount => 1 + (typeof(TCentered) == typeof(On) ? 1 : 0) + (typeof(TMomentum) == typeof(On) ? 1 : 0);

    public static StateNames Names { get; } =
        new(["mean square", .. typeof(TCentered) == typeof(On) ? ["mean"] : (string[])[], .. typeof(TMomentum) == typeof(On) ? ["velocity"]
            : (string[])[]], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<double> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V meanSquare, ref V slot1, ref V slot2) where V : struct, ILanes<V, T>
    {
        meanSquare = _rho * meanSquare + _gain * (gradient * gradient);
        V variance = meanSquare;
        if (typeof(TCentered) == typeof(On))
        {
            slot1 = _rho * slot1 + _gain * gradient; // the mean
            V zero = V.Fill(T.Zero);
            variance = meanSquare - slot1 * slot1;
            variance = V.WhereGreater(zero, variance, zero, variance);
        }

        V step = _rate * gradient / (V.Sqrt(variance) + _epsilon);
        if (typeof(TMomentum) == typeof(Off))
            parameter -= step;
        else if (typeof(TCentered) == typeof(On))
            parameter += slot2 = _momentum * slot2 - step;
        else
            parameter += slot1 = _momentum * slot1 - step;
    }
}

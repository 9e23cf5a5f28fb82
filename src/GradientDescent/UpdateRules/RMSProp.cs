using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>RMSProp: divides the gradient of each coordinate by its running root mean square.</summary>
/// <remarks>
/// <code>
/// s ← ρ s + (1 − ρ) g²
/// d ← g / (√s + ε)                       centred: m ← ρ m + (1 − ρ) g,  d ← g / (√max(s − m², 0) + ε)
/// θ ← θ − η d                            with momentum: v ← μ v − η d,  θ ← θ + v
/// </code>
/// Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012; centred with momentum: Graves, "Generating Sequences
/// With Recurrent Neural Networks", 2013, eqs. (38) to (41), with ε outside the root here unless <c>epsilonInRoot</c> is set. The variance
/// s − m² is clamped at 0: under a nearly constant gradient rounding can make it negative, and its root would be NaN. s starts at 0 without
/// bias correction, so the length of the first step is η/√(1 − ρ) if not centred. With <c>rateInVelocity: false</c>, PyTorch's form, v ← μ
/// v − d and θ ← θ + η v. State: one vector, one more if centred, one more with momentum.
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
    private readonly double _initialAccumulator;
    private readonly bool _epsilonInRoot;
    private readonly bool _rateInVelocity;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="rho">The decay factor ρ of the running means, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double). If centred, the step is at most η|g|/ε, which is reached when the gradient is
    /// constant.
    /// </param>
    /// <param name="momentum">The momentum μ, the decay factor of the velocity, in [0, 1).</param>
    /// <param name="centered">
    /// Whether the squared mean gradient is subtracted from the mean square, so that the step divides by the standard deviation.
    /// </param>
    /// <param name="initialAccumulator">The value at which s starts, finite and at least 0; in the unit of the squared gradient.</param>
    /// <param name="epsilonInRoot">Whether ε is added inside the root; it then has the unit of the squared gradient.</param>
    /// <param name="rateInVelocity">Whether the velocity contains the rate; without momentum it makes no difference.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public RMSProp(
        double learningRate = 0.001, double rho = 0.9, double epsilon = 1e-8, double momentum = 0, bool centered = false,
        double initialAccumulator = 0, bool epsilonInRoot = false, bool rateInVelocity = true)
        : base(learningRate, Batching.Mini(32))
    {
        _rho = Guard.Fraction(rho);
        _epsilon = Guard.Positive(epsilon);
        _momentum = Guard.Fraction(momentum);
        _centered = centered;
        _initialAccumulator = Guard.FiniteNonNegative(initialAccumulator);
        _epsilonInRoot = epsilonInRoot;
        _rateInVelocity = rateInVelocity;
    }

    private protected override FormattableString Settings =>
        $"rho {_rho}, epsilon {_epsilon}, momentum {_momentum}, centered {_centered}, {FormSettings}";

    private string FormSettings => Format.Text(
        $"initialAccumulator {_initialAccumulator}, epsilonInRoot {_epsilonInRoot}, rateInVelocity {_rateInVelocity}");

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        _epsilonInRoot ? Engine<T, On>(length) : Engine<T, Off>(length);

    private UpdateEngine<T> Engine<T, TInRoot>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInRoot : ISwitch => (_centered, _momentum > 0, _rateInVelocity) switch
        {
            (false, false, _) => Engine<T, TInRoot, Off, Off, On>(length),
            (false, true, true) => Engine<T, TInRoot, Off, On, On>(length),
            (false, true, false) => Engine<T, TInRoot, Off, On, Off>(length),
            (true, false, _) => Engine<T, TInRoot, On, Off, On>(length),
            (true, true, true) => Engine<T, TInRoot, On, On, On>(length),
            (true, true, false) => Engine<T, TInRoot, On, On, Off>(length),
        };

    private UpdateEngine<T, RMSPropRule<T, TInRoot, TCentered, TMomentum, TRateInVelocity>> Engine<T, TInRoot, TCentered, TMomentum,
        TRateInVelocity>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TInRoot : ISwitch
        where TCentered : ISwitch
        where TMomentum : ISwitch
        where TRateInVelocity : ISwitch => new(new(_rho, _epsilon, _momentum, _initialAccumulator), length);
}

/// <summary>The rule of RMSProp. Slots: the mean square, then the mean (if centred), then the velocity (with momentum).</summary>
internal struct RMSPropRule<T, TInRoot, TCentered, TMomentum, TRateInVelocity>(
    double rho, double epsilon, double momentum, double initialAccumulator) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TInRoot : ISwitch
    where TCentered : ISwitch
    where TMomentum : ISwitch
    where TRateInVelocity : ISwitch
{
    private readonly T _rho = Rounding.To<T>(rho);
    private readonly T _gain = Rounding.To<T>(1 - rho);
    private readonly RootEpsilon<T, TInRoot> _epsilon = new(epsilon);
    private readonly T _momentum = Rounding.To<T>(momentum);
    private T _rate;

    public static int SlotCount => 1 + (typeof(TCentered) == typeof(On) ? 1 : 0) + (typeof(TMomentum) == typeof(On) ? 1 : 0);

    public static StateNames Names { get; } =
        new(["mean square", .. typeof(TCentered) == typeof(On) ? ["mean"] : (string[])[],
            .. typeof(TMomentum) == typeof(On) ? MomentumRule<T, TRateInVelocity>.Names.Slots : []], []);

    public readonly double SlotStart(int slot) => slot == 0 ? initialAccumulator : 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V meanSquare, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
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

        V scaled = typeof(TRateInVelocity) == typeof(On) ? _rate * gradient : gradient;
        V step = scaled / _epsilon.Divisor(variance);
        if (typeof(TMomentum) == typeof(Off))
        {
            parameter -= step;
            return;
        }

        V velocity = _momentum * (typeof(TCentered) == typeof(On) ? slot2 : slot1) - step;
        if (typeof(TCentered) == typeof(On))
            slot2 = velocity;
        else
            slot1 = velocity;
        parameter += typeof(TRateInVelocity) == typeof(On) ? velocity : _rate * velocity;
    }
}

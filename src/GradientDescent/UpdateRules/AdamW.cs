using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// AdamW: Adam with decoupled weight decay. The decay is not part of the gradient, so it is not divided by the root mean square.
/// </summary>
/// <remarks>
/// <code>
/// θ ← θ (1 − η λ)
/// then Adam
/// </code>
/// Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, Algorithm 2, with the decay scaled by the rate η. The
/// decay applies to every parameter, including intercepts. State: that of <see cref="Adam"/>.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var adam = new AdamW(learningRate: 0.1, weightDecay: 0.01);
/// adam.Update(parameters, [0, 0]);   // no gradient: only the decay, by 1 - 0.1 * 0.01
/// Console.WriteLine($"{parameters[0]:F6} {parameters[1]:F6}");   // 0.999000 -1.998000
/// </code></example>
public sealed class AdamW : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly double _weightDecay;
    private readonly bool _amsGrad;
    private readonly bool _epsilonHat;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="weightDecay">
    /// The weight decay λ, finite and at least 0. Each step multiplies a parameter by 1 − ηλ, so ηλ must be much less than 1.
    /// </param>
    /// <param name="amsGrad">Whether to use AMSGrad: the step is divided by the root of the largest mean square so far.</param>
    /// <param name="epsilonHat">Whether ε is added to the root of v before its correction, as in Keras: see <see cref="Adam"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AdamW(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01,
            bool amsGrad = false, bool epsilonHat = false)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _weightDecay = Guard.FiniteNonNegative(weightDecay);
        _amsGrad = amsGrad;
        _epsilonHat = epsilonHat;
    }

    private protected override FormattableString Settings =>
        $"{_settings}, weightDecay {_weightDecay}, amsGrad {_amsGrad}, epsilonHat {_epsilonHat}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => _amsGrad ? Engine<T, On>(length) : Engine<T, Off>(length);

    private UpdateEngine<T, AdamWRule<T, TAmsGrad>> Engine<T, TAmsGrad>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TAmsGrad : ISwitch => new(new(new(_settings, _epsilonHat), _weightDecay), length);
}

internal struct AdamWRule<T, TAmsGrad>(AdamRule<T, TAmsGrad> adam, double weightDecay) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TAmsGrad : ISwitch
{
    private AdamRule<T, TAmsGrad> _adam = adam;
    private T _kept;

    public static int SlotCount => AdamRule<T, TAmsGrad>.SlotCount;

    public static StateNames Names => AdamRule<T, TAmsGrad>.Names;

    public readonly double SlotStart(int slot) => _adam.SlotStart(slot);

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products)
    {
        _adam.Prepare(learningRate, update, products);
        _kept = Rounding.To<T>(1 - learningRate * weightDecay);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V largest, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        parameter = _kept * parameter;
        _adam.Update(ref parameter, gradient, ref mean, ref meanSquare, ref largest, ref slot3, ref slot4);
    }
}

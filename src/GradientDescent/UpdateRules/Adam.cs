using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Adam: a step of about <c>learningRate</c> in every coordinate. Its length does not depend on the gradient's scale, if the squared
/// gradient is a finite number.
/// </summary>
/// <remarks>
/// For every coordinate, with t counting from 1:
/// <code>
/// m ← β₁ m + (1 − β₁) g            mean of the gradient
/// v ← β₂ v + (1 − β₂) g²           mean of its square
/// θ ← θ − η m̂ / (√v̂ + ε)           m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
/// </code>
/// Kingma and Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, Algorithm 1; ε outside the root, as printed. With
/// AMSGrad, the step uses u ← max(u, v) instead of v; the maximum is taken before the bias correction: Reddi, Kale and Kumar, "On the
/// Convergence of Adam and Beyond", ICLR 2018, Algorithm 2. State: two vectors (three with AMSGrad), four scalars:
/// each power of β has 32 digits, so that 1 − βᵗ loses none.
/// <para>
/// With <c>epsilonHat: true</c> ε is the ε̂ of the paper's section 2, as in Keras: it is added to the root of v, not of v̂, so in step t it
/// weighs 1/√(1 − β₂ᵗ) times as much. With <c>correctsBeforeMaximum: true</c> AMSGrad's maximum is that of v̂, as in optax:
/// </para>
/// <code>
/// θ ← θ − η m̂ √(1 − β₂ᵗ) / (√v + ε̂)
/// u ← max(u, v̂),  θ ← θ − η m̂ / (√u + ε)
/// </code>
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var adam = new Adam(learningRate: 0.1);
/// adam.Update(parameters, [0.5, -40]);   // a gradient of yours; Trainer finds its own
/// Console.WriteLine($"{parameters[0]:F6} {parameters[1]:F6}");   // 0.900000 -1.900000
/// </code></example>
public sealed class Adam : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly bool _amsGrad;
    private readonly bool _epsilonHat;
    private readonly bool _correctsBeforeMaximum;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="amsGrad">Whether to use AMSGrad: the step is divided by the root of the largest mean square so far.</param>
    /// <param name="epsilonHat">Whether ε is added to the root of v before its correction.</param>
    /// <param name="correctsBeforeMaximum">Whether AMSGrad takes the maximum of v̂ instead of v.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="correctsBeforeMaximum"/> is set without AMSGrad, or together with <paramref name="epsilonHat"/>.
    /// </exception>
    public Adam(
        double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, bool amsGrad = false,
        bool epsilonHat = false, bool correctsBeforeMaximum = false)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        if (correctsBeforeMaximum && (!amsGrad || epsilonHat))
            throw Guard.Invalid(
                nameof(correctsBeforeMaximum),
                $"correctsBeforeMaximum is True: amsGrad must be True and epsilonHat False; they are {amsGrad} and {epsilonHat}.");
        (_amsGrad, _epsilonHat, _correctsBeforeMaximum) = (amsGrad, epsilonHat, correctsBeforeMaximum);
    }

    private protected override FormattableString Settings =>
        $"{_settings}, amsGrad {_amsGrad}, epsilonHat {_epsilonHat}, correctsBeforeMaximum {_correctsBeforeMaximum}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => (_amsGrad, _correctsBeforeMaximum) switch
    {
        (false, _) => new UpdateEngine<T, AdamRule<T, Off>>(new(_settings, _epsilonHat), length),
        (true, false) => new UpdateEngine<T, AdamRule<T, On>>(new(_settings, _epsilonHat), length),
        (true, true) => new UpdateEngine<T, AdamRule<T, CorrectedMaximum>>(new(_settings, _epsilonHat), length),
    };
}

/// <summary>AMSGrad with the maximum of the corrected mean square.</summary>
internal readonly struct CorrectedMaximum : ISwitch;

internal struct AdamRule<T, TAmsGrad>(AdamSettings settings, bool epsilonHat) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TAmsGrad : ISwitch
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _rootScale;

    public static int SlotCount => typeof(TAmsGrad) == typeof(Off) ? 2 : 3;

    public static StateNames Names { get; } = new(["mean", "mean square", .. LargestName], ["beta1 power", "beta2 power"]);

    private static string[] LargestName => typeof(TAmsGrad) == typeof(Off) ? []
        : [typeof(TAmsGrad) == typeof(On) ? "largest mean square" : "largest corrected mean square"];

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products)
    {
        products[0] *= settings.Beta1;
        products[1] *= settings.Beta2;
        double rate = learningRate / (1 - products[0]).High, filled = (1 - products[1]).High;
        if (typeof(TAmsGrad) == typeof(CorrectedMaximum))
            (_rate, _rootScale) = (Rounding.To<T>(rate), Rounding.To<T>(1 / filled)); // of v̂ itself
        else if (epsilonHat)
            (_rate, _rootScale) = (Rounding.To<T>(rate * Math.Sqrt(filled)), T.One);
        else
            (_rate, _rootScale) = (Rounding.To<T>(rate), Rounding.To<T>(1 / Math.Sqrt(filled)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V largest, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        if (typeof(TAmsGrad) == typeof(CorrectedMaximum))
        {
            V corrected = _rootScale * meanSquare;
            largest = V.WhereGreater(largest, corrected, largest, corrected);
            parameter -= _rate * mean / (V.Sqrt(largest) + _factors.Epsilon);
            return;
        }

        if (typeof(TAmsGrad) == typeof(On))
            largest = V.WhereGreater(largest, meanSquare, largest, meanSquare);
        parameter -= _rate * mean / (_rootScale * V.Sqrt(typeof(TAmsGrad) == typeof(On) ? largest : meanSquare) + _factors.Epsilon);
    }
}

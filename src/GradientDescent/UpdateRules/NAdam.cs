using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>NAdam: Adam with Nesterov momentum that increases during a warm-up.</summary>
/// <remarks>
/// With t counting from 1, μₜ = β₁ (1 − ½·0.96^(tψ)) and Pₜ = μ₁⋯μₜ:
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// θ ← θ − η (μₜ₊₁ m / (1 − Pₜ₊₁) + (1 − μₜ) g / (1 − Pₜ)) / (√v̂ + ε)        v̂ = v / (1 − β₂ᵗ)
/// </code>
/// Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop, Algorithm 2, with the momentum schedule of its section 3. State:
/// two vectors, six scalars: each product has 32 digits, so that the differences from 1 lose none.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 50, Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// TrainingResult result = new Trainer(new NAdam(0.1), options).Fit(new LinearRegression(), data);
/// Console.WriteLine($"loss {result.Loss:F0}");   // loss 2861
/// </code></example>
public sealed class NAdam : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly double _momentumDecay;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="momentumDecay">
    /// The speed ψ at which the momentum increases from ½β₁ to β₁, finite and at least 0; at 0 it stays at ½β₁.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public NAdam(double learningRate = 0.002, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double momentumDecay = 0.004)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _momentumDecay = Guard.FiniteNonNegative(momentumDecay);
    }

    private protected override FormattableString Settings => $"{_settings}, momentumDecay {_momentumDecay}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, NAdamRule<T>>(new(_settings, _momentumDecay), length);
}

internal struct NAdamRule<T>(AdamSettings settings, double momentumDecay) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double WarmUpBase = 0.96;

    private readonly double _warmUp = Elementary.Pow(WarmUpBase, momentumDecay);
    private readonly AdamFactors<T> _factors = new(settings);
    private T _meanRate;
    private T _gradientRate;
    private T _rootScale;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean square"], ["warm-up", "momentum product", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products)
    {
        products[0] *= _warmUp;
        DoubleDouble momentum = (1 - products[0] * 0.5) * settings.Beta1;
        DoubleDouble nextMomentum = (1 - products[0] * _warmUp * 0.5) * settings.Beta1;
        products[1] *= momentum;
        products[2] *= settings.Beta2;
        _meanRate = Rounding.To<T>(learningRate * nextMomentum.High / (1 - products[1] * nextMomentum).High);
        _gradientRate = Rounding.To<T>(learningRate * (1 - momentum).High / (1 - products[1]).High);
        _rootScale = Rounding.To<T>(1 / Math.Sqrt((1 - products[2]).High));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        parameter -= (_meanRate * mean + _gradientRate * gradient) / (_rootScale * V.Sqrt(meanSquare) + _factors.Epsilon);
    }
}

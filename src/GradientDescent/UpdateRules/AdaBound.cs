using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// AdaBound: Adam whose rate of each coordinate is kept between two bounds, which approach each other, so that it ends as momentum.
/// </summary>
/// <remarks>
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// f ← finalRate · ηₜ / η₀
/// r ← η √(1 − β₂ᵗ) / (1 − β₁ᵗ) / (√v + ε), not below f (1 − 1/(γ t + 1)) and not above f (1 + 1/(γ t))
/// θ ← θ − r m
/// </code>
/// η₀ is the base rate, ηₜ that of the step. Luo, Xiong, Liu and Sun, "Adaptive Gradient Methods with Dynamic Bound of Learning Rate",
/// ICLR 2019, Algorithm 2 with the bounds of section 5 and the bias corrections of its code. amsBound replaces v by its largest value so
/// far (Algorithm 3). State: two vectors (three with amsBound), four scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new AdaBound(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.900 -1.900
/// </code></example>
public sealed class AdaBound : Optimizer
{
    private readonly AdamSettings _adam;
    private readonly double _finalRate;
    private readonly double _gamma;
    private readonly bool _amsBound;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="finalRate">
    /// The rate of the momentum method at the end, finite and greater than 0; in units of parameter² per loss.
    /// </param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="gamma">How fast the bounds approach each other, greater than 0 and less than 1.</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <param name="amsBound">Whether to divide by the root of the largest mean square so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AdaBound(
        double learningRate = 0.001, double finalRate = 0.1, double beta1 = 0.9, double beta2 = 0.999, double gamma = 1e-3, double epsilon =
        1e-8, bool amsBound = false)
        : base(learningRate, Batching.Mini(32))
    {
        _finalRate = Guard.Positive(finalRate);
        _adam = new AdamSettings(beta1, beta2, epsilon);
        _gamma = Guard.Between(gamma, 0, 1);
        _amsBound = amsBound;
    }

    private protected override FormattableString Settings =>
        $"finalRate {_finalRate}, beta1 {_adam.Beta1}, beta2 {_adam.Beta2}, gamma {_gamma}, epsilon {_adam.Epsilon}, amsBound {_amsBound}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => _amsBound
        ? new UpdateEngine<T, AdaBoundRule<T, On>>(new(_adam, _finalRate / LearningRate, _gamma), length)
        : new UpdateEngine<T, AdaBoundRule<T, Off>>(new(_adam, _finalRate / LearningRate, _gamma), length);
}

internal struct AdaBoundRule<T, TAmsBound>(AdamSettings settings, double finalFactor, double gamma) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TAmsBound : ISwitch
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _lowest;
    private T _highest;

    public static int SlotCount => typeof(TAmsBound) == typeof(On) ? 3 : 2;

    public static StateNames Names { get; } =
        new(["mean", "mean square", .. typeof(TAmsBound) == typeof(On) ? ["largest mean square"] : (string[])[]],
            ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= settings.Beta1;
        scalars[1] *= settings.Beta2;
        double final = learningRate * finalFactor;
        _rate = Rounding.To<T>(learningRate * Math.Sqrt((1 - scalars[1]).High) / (1 - scalars[0]).High);
        _lowest = Rounding.To<T>(final * (1 - 1 / (gamma * update + 1)));
        _highest = Rounding.To<T>(final * (1 + 1 / (gamma * update)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V largest, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * (gradient * gradient);
        if (typeof(TAmsBound) == typeof(On))
            largest = V.WhereGreater(largest, meanSquare, largest, meanSquare);
        V root = V.Sqrt(typeof(TAmsBound) == typeof(On) ? largest : meanSquare);
        V rate = V.Fill(_rate) / (root + _factors.Epsilon);
        parameter -= LaneFunctions.Clamp<V, T>(rate, V.Fill(_lowest), V.Fill(_highest)) * mean;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>QHAdam: Adam whose step mixes the newest gradient with the mean, and the newest square with the mean square.</summary>
/// <remarks>
/// <code>
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// θ ← θ − η ((1 − ν₁) g + ν₁ m̂) / (√((1 − ν₂) g² + ν₂ v̂) + ε)           m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
/// </code>
/// Ma and Yarats, "Quasi-hyperbolic momentum and Adam for deep learning", ICLR 2019, eqs. (9) to (13). ν₁ = ν₂ = 1 is Adam. State: two
/// vectors, four scalars.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new QHAdam(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // one large gradient, one small
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.900 -1.900
/// </code></example>
public sealed class QHAdam : Optimizer
{
    private readonly AdamSettings _settings;
    private readonly double _nu1;
    private readonly double _nu2;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="nu1">The weight ν₁ of the mean gradient, in [0, 1].</param>
    /// <param name="nu2">The weight ν₂ of the mean square, in [0, 1].</param>
    /// <param name="epsilon">
    /// The term ε that prevents a division by zero; in the gradient's unit; greater than 0. A value too small for the element type is
    /// raised to 1.1e-19 (float) or 1.5e-154 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public QHAdam(
        double learningRate = 0.001, double beta1 = 0.995, double beta2 = 0.999, double nu1 = 0.7, double nu2 = 1, double epsilon = 1e-8)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
        _nu1 = Guard.FromZeroToOne(nu1);
        _nu2 = Guard.FromZeroToOne(nu2);
    }

    private protected override FormattableString Settings =>
        $"beta1 {_settings.Beta1}, beta2 {_settings.Beta2}, nu1 {_nu1}, nu2 {_nu2}, epsilon {_settings.Epsilon}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, QHAdamRule<T>>(new(_settings, _nu1, _nu2), length);
}

internal struct QHAdamRule<T>(AdamSettings settings, double nu1, double nu2) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private readonly T _newSquare = Rounding.To<T>(1 - nu2);
    private T _gradientRate;
    private T _meanRate;
    private T _oldSquare;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean square"], ["beta1 power", "beta2 power"]);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        scalars[0] *= settings.Beta1;
        scalars[1] *= settings.Beta2;
        _gradientRate = Rounding.To<T>(learningRate * (1 - nu1));
        _meanRate = Rounding.To<T>(learningRate * nu1 / (1 - scalars[0]).High);
        _oldSquare = Rounding.To<T>(nu2 / (1 - scalars[1]).High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V square = gradient * gradient;
        mean = _factors.Beta1 * mean + _factors.Gain1 * gradient;
        meanSquare = _factors.Beta2 * meanSquare + _factors.Gain2 * square;
        V root = V.Sqrt(_newSquare * square + _oldSquare * meanSquare);
        parameter -= (_gradientRate * gradient + _meanRate * mean) / (root + _factors.Epsilon);
    }
}

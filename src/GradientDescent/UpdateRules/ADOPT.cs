using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>ADOPT: Adam that divides the gradient by the root of the mean square before this step, and takes the mean afterwards.</summary>
/// <remarks>
/// <code>
/// t = 1:  v ← g², and θ stays
/// t &gt; 1:  m ← β₁ m + (1 − β₁) clip(g / max(√v, ε))           clip to ±(t − 1)^¼
///         θ ← θ − η m
///         v ← β₂ v + (1 − β₂) g²
/// </code>
/// The divisor does not depend on the newest gradient, so the method converges for any β₂. Taniguchi et al., "ADOPT: Modified Adam Can
/// Converge with Any β₂ with the Optimal Rate", NeurIPS 2024, Algorithm 2 with the clipping of its section 4. The first step only
/// measures. State: two vectors.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new ADOPT(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -40]);   // measures the squares only
/// optimizer.Update(parameters, [0.5, -40]);
/// Console.WriteLine($"{parameters[0]:F3} {parameters[1]:F3}");   // 0.990 -1.990
/// </code></example>
public sealed class ADOPT : Optimizer
{
    private readonly AdamSettings _settings;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="beta1">The decay factor β₁ of the mean of scaled gradients, in [0, 1).</param>
    /// <param name="beta2">The decay factor β₂ of the mean squared gradient, in [0, 1).</param>
    /// <param name="epsilon">
    /// The smallest divisor ε; in the gradient's unit; greater than 0. A value too small for the element type is raised to 1.1e-19
    /// (float) or 1.5e-154 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public ADOPT(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.9999, double epsilon = 1e-6)
        : base(learningRate, Batching.Mini(32))
    {
        _settings = new AdamSettings(beta1, beta2, epsilon);
    }

    private protected override FormattableString Settings => $"{_settings}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T, ADOPTRule<T>>(new(_settings), length);
}

internal struct ADOPTRule<T>(AdamSettings settings) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamFactors<T> _factors = new(settings);
    private T _rate;
    private T _limit;
    private T _kept;
    private T _gain;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean", "mean square"], []);

    public readonly double SlotStart(int slot) => 0;

    // At the first step the limit is 0, so m stays 0, and v takes the whole square.
    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars)
    {
        _rate = Rounding.To<T>(learningRate);
        _limit = Rounding.To<T>(Math.Sqrt(Math.Sqrt(update - 1)));
        (_kept, _gain) = update == 1 ? (T.Zero, T.One) : (_factors.Beta2, _factors.Gain2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V mean, ref V meanSquare, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V root = V.Sqrt(meanSquare), least = V.Fill(_factors.Epsilon), limit = V.Fill(_limit);
        V scaled = gradient / V.WhereGreater(root, least, root, least);
        mean = _factors.Beta1 * mean + _factors.Gain1 * LaneFunctions.Clamp<V, T>(scaled, V.Fill(T.Zero) - limit, limit);
        parameter -= _rate * mean;
        meanSquare = _kept * meanSquare + _gain * (gradient * gradient);
    }
}

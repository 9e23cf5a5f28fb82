using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Aggregated momentum: the mean of several velocities with different decay factors, which damps oscillations.</summary>
/// <remarks>
/// For k from 1 to K, with βₖ = 1 − aᵏ⁻¹:
/// <code>
/// bₖ ← βₖ bₖ + g
/// θ ← θ − (η/K) Σ bₖ
/// </code>
/// Lucas, Sun, Zemel and Grosse, "Aggregated Momentum: Stability Through Passive Damping", ICLR 2019, eq. (3), with the exponential factors
/// of its section 3.1: a = 0.1 and K = 3 give 0, 0.9 and 0.99. State: K vectors.
/// </remarks>
/// <example><code>
/// double[] parameters = [1, -2];
/// var optimizer = new AggMo(learningRate: 0.1);
/// optimizer.Update(parameters, [0.5, -4]);   // the first step is that of plain descent
/// Console.WriteLine($"{parameters[0]:F2} {parameters[1]:F2}");   // 0.95 -1.60
/// </code></example>
public sealed class AggMo : Optimizer
{
    private const int MostVelocities = 5;

    private readonly int _velocities;
    private readonly double _scale;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">The rate η, finite and greater than 0.</param>
    /// <param name="velocities">The number K of velocities, from 1 to 5.</param>
    /// <param name="scale">The number a whose powers are the distances of the decay factors from 1, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AggMo(double learningRate = 0.001, int velocities = 3, double scale = 0.1)
        : base(learningRate, Batching.Mini(32))
    {
        _velocities = Guard.FromTo(velocities, 1, MostVelocities);
        _scale = Guard.Between(scale, 0, 1);
    }

    private protected override FormattableString Settings => $"velocities {_velocities}, scale {_scale}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => _velocities switch
    {
        1 => new UpdateEngine<T, AggMoRule<T, AggMoCount.One>>(new(_scale), length),
        2 => new UpdateEngine<T, AggMoRule<T, AggMoCount.Two>>(new(_scale), length),
        3 => new UpdateEngine<T, AggMoRule<T, AggMoCount.Three>>(new(_scale), length),
        4 => new UpdateEngine<T, AggMoRule<T, AggMoCount.Four>>(new(_scale), length),
        _ => new UpdateEngine<T, AggMoRule<T, AggMoCount.Five>>(new(_scale), length),
    };
}

/// <summary>The number of velocities as a type argument, so that the compiler removes the code of those that are not there.</summary>
internal interface IAggMoCount
{
    static abstract int Value { get; }
}

internal static class AggMoCount
{
    public readonly struct One : IAggMoCount
    {
        public static int Value => 1;
    }

    public readonly struct Two : IAggMoCount
    {
        public static int Value => 2;
    }

    public readonly struct Three : IAggMoCount
    {
        public static int Value => 3;
    }

    public readonly struct Four : IAggMoCount
    {
        public static int Value => 4;
    }

    public readonly struct Five : IAggMoCount
    {
        public static int Value => 5;
    }
}

/// <summary>The rule of AggMo. The first decay factor is 0, so the first velocity is the gradient.</summary>
internal struct AggMoRule<T, TCount>(double scale) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TCount : IAggMoCount
{
    private readonly T _beta1 = Rounding.To<T>(1 - scale);
    private readonly T _beta2 = Rounding.To<T>(1 - scale * scale);
    private readonly T _beta3 = Rounding.To<T>(1 - scale * scale * scale);
    private readonly T _beta4 = Rounding.To<T>(1 - scale * scale * scale * scale);
    private T _rate;

    public static int SlotCount => TCount.Value;

    public static StateNames Names { get; } = new([.. Enumerable.Range(1, TCount.Value).Select(k => Format.Text($"velocity {k}"))], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> scalars) =>
        _rate = Rounding.To<T>(learningRate / TCount.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V slot0, ref V slot1, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        slot0 = gradient;
        V sum = slot0;
        if (TCount.Value > 1)
            sum += slot1 = _beta1 * slot1 + gradient;
        if (TCount.Value > 2)
            sum += slot2 = _beta2 * slot2 + gradient;
        if (TCount.Value > 3)
            sum += slot3 = _beta3 * slot3 + gradient;
        if (TCount.Value > 4)
            sum += slot4 = _beta4 * slot4 + gradient;
        parameter -= _rate * sum;
    }
}

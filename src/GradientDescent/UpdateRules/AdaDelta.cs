using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// AdaDelta: steps in the parameters' unit, computed from the sizes of recent steps and gradients. The learning rate needs no tuning.
/// </summary>
/// <remarks>
/// <code>
/// s ← ρ s + (1 − ρ) g²
/// Δ ← √(u + ε) / √(s + ε) · g
/// u ← ρ u + (1 − ρ) Δ²
/// θ ← θ − η Δ
/// </code>
/// Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012, Algorithm 1; ε inside both roots, as printed. State: two vectors.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 50, Schedule = new CosineDecay(Horizon.Fraction(1)) };
/// // short runs want more than 1
/// TrainingResult result = new Trainer(new AdaDelta(learningRate: 10), options).Fit(new LinearRegression(), data);
/// Console.WriteLine($"loss {result.Loss:F0}");   // loss 2869
/// </code></example>
public sealed class AdaDelta : Optimizer
{
    private readonly double _rho;
    private readonly double _epsilon;

    /// <summary>Creates the optimizer. The default batch size is 32; a trainer's options can set another.</summary>
    /// <param name="learningRate">A factor η on the steps, finite and greater than 0; 1 is the paper's method.</param>
    /// <param name="rho">The decay factor ρ of the two running means, in [0, 1).</param>
    /// <param name="epsilon">
    /// The term ε that makes the first steps nonzero and prevents a division by zero; greater than 0. A value too small for the element
    /// type is raised to 1.2e-38 (float) or 2.2e-308 (double).
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public AdaDelta(double learningRate = 1, double rho = 0.9, double epsilon = 1e-6)
        : base(learningRate, Batching.Mini(32))
    {
        _rho = Guard.Fraction(rho);
        _epsilon = Guard.Positive(epsilon);
    }

    private protected override FormattableString Settings => $"rho {_rho}, epsilon {_epsilon}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) => new UpdateEngine<T,
        AdaDeltaRule<T>>(new(_rho, _epsilon), length);
}

internal struct AdaDeltaRule<T>(double rho, double epsilon) : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _rho = Rounding.To<T>(rho);
    private readonly T _gain = Rounding.To<T>(1 - rho);
    private readonly T _epsilon = Rounding.SquaredEpsilon<T>(epsilon);
    private T _rate;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["mean square", "mean square step"], []);

    public readonly double SlotStart(int slot) => 0;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => _rate = Rounding.To<T>(learningRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(
        ref V parameter, V gradient, ref V meanSquare, ref V meanSquareStep, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        meanSquare = _rho * meanSquare + _gain * (gradient * gradient);
        V step = V.Sqrt(meanSquareStep + _epsilon) / V.Sqrt(meanSquare + _epsilon) * gradient;
        meanSquareStep = _rho * meanSquareStep + _gain * (step * step);
        parameter -= _rate * step;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Rprop: each coordinate has its own step length, which increases while the gradient keeps its sign and decreases when the sign changes.
/// For full batches only.
/// </summary>
/// <remarks>
/// With sᵢ the sign of the gradient's entry and cᵢ = sᵢ · (the sign stored at the last step), initially 0:
/// <code>
/// Δ ← min(η⁺Δ, Δmax) if c &gt; 0;   max(η⁻Δ, Δmin) if c &lt; 0
/// c &lt; 0: θ is unchanged and the stored sign is 0;   else θ ← θ − s Δ · rate / base rate, and the stored sign is s
/// </code>
/// Riedmiller and Braun, "A Direct Adaptive Method for Faster Backpropagation Learning", 1993, without weight backtracking (Igel and
/// Hüsken, 2000, call it iRprop⁻). The step lengths start at the base rate; a schedule scales the change of θ, not the stored step
/// lengths Δ. State: two vectors.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var model = new LinearRegression();
/// TrainingResult result = new Trainer(new Rprop(0.1)).Fit(model, data);
/// Console.WriteLine($"{result.Reason} at loss {result.Loss:F1}");   // MaxEpochs at loss 2859.7
/// </code></example>
public sealed class Rprop : Optimizer
{
    private readonly double _etaMinus;
    private readonly double _etaPlus;
    private readonly double _minStep;
    private readonly double _maxStep;

    /// <summary>Creates the optimizer. It uses full batches, because the noise of mini-batches changes signs.</summary>
    /// <param name="learningRate">The initial step length of each coordinate, finite and greater than 0; in the parameters' unit.</param>
    /// <param name="etaMinus">The factor that decreases a step length, greater than 0 and less than 1.</param>
    /// <param name="etaPlus">The factor that increases a step length, finite and greater than 1.</param>
    /// <param name="minStep">The minimum step length, finite and greater than 0.</param>
    /// <param name="maxStep">The maximum step length, finite and at least <paramref name="minStep"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public Rprop(double learningRate = 0.01, double etaMinus = 0.5, double etaPlus = 1.2, double minStep = 1e-6, double maxStep = 50)
        : base(learningRate, Batching.Full)
    {
        _etaMinus = Guard.Between(etaMinus, 0, 1);
        _etaPlus = Guard.Between(etaPlus, 1, double.PositiveInfinity);
        _minStep = Guard.Positive(minStep);
        _maxStep = Guard.AtLeast(Guard.Positive(maxStep), minStep, nameof(maxStep));
    }

    private protected override FormattableString Settings =>
        $"etaMinus {_etaMinus}, etaPlus {_etaPlus}, minStep {_minStep}, maxStep {_maxStep}";

    private protected override UpdateEngine<T> CreateEngine<T>(int length) =>
        new UpdateEngine<T, RpropRule<T>>(new(LearningRate, _etaMinus, _etaPlus, _minStep, _maxStep), length);
}

internal struct RpropRule<T>(double baseRate, double etaMinus, double etaPlus, double minStep, double maxStep) : IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _etaMinus = Rounding.To<T>(etaMinus);
    private readonly T _etaPlus = Rounding.To<T>(etaPlus);
    private readonly T _minStep = Rounding.To<T>(minStep);
    private readonly T _maxStep = Rounding.To<T>(maxStep);
    private T _scale;

    public static int SlotCount => 2;

    public static StateNames Names { get; } = new(["sign", "step"], []);

    public readonly double SlotStart(int slot) => slot == 0 ? 0 : baseRate;

    public void Prepare(double learningRate, long update, Span<DoubleDouble> products) => _scale = Rounding.To<T>(learningRate / baseRate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Update<V>(ref V parameter, V gradient, ref V sign, ref V step, ref V slot2, ref V slot3, ref V slot4)
        where V : struct, ILanes<V, T>
    {
        V zero = default, one = V.Fill(T.One), longest = V.Fill(_maxStep), shortest = V.Fill(_minStep);
        V current = V.WhereGreater(gradient, zero, one, V.WhereGreater(zero, gradient, zero - one, zero));
        V agreement = current * sign, longer = _etaPlus * step, shorter = _etaMinus * step;
        step = V.WhereGreater(agreement, zero, V.WhereGreater(longer, longest, longest, longer), step);
        step = V.WhereGreater(zero, agreement, V.WhereGreater(shorter, shortest, shorter, shortest), step);
        sign = V.WhereGreater(zero, agreement, zero, current);
        parameter -= _scale * (sign * step);
    }
}

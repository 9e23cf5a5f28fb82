using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// One cycle: up from a low factor to 1, then down to a much lower factor, which stays. The optimizer's rate is the peak.
/// </summary>
/// <remarks>
/// For T steps, counted from 0: from the start factor up to 1 at step pT − 1, then down to the end factor at step T − 1, the last. Smith
/// and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2018. PyTorch's <c>OneCycleLR</c> with
/// two phases, where <c>start = 1/div_factor</c> and <c>end = start/final_div_factor</c>; the momentum does not change. PyTorch throws
/// after T.
/// </remarks>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 50, Schedule = new OneCycleSchedule(Horizon.Fraction(1)) };
/// TrainingResult result = new Trainer(new Momentum(0.05), options).Fit(new LinearRegression(), data);   // 0.05 is the peak
/// Console.WriteLine($"loss {result.Loss:F0}");   // loss 2860
/// </code></example>
public sealed record OneCycleSchedule : IFiniteSchedule
{
    private readonly Horizon _length;
    private readonly double _peakAt;
    private readonly double _start;
    private readonly double _end;
    private readonly RampShape _shape;

    /// <summary>Creates the schedule.</summary>
    /// <param name="length">The length T.</param>
    /// <param name="peakAt">The share p of the length that rises, greater than 0 and less than 1.</param>
    /// <param name="start">The factor of the first step, greater than 0 and less than 1.</param>
    /// <param name="end">The factor of the last step, in [0, 1).</param>
    /// <param name="shape">The shape of both ramps: linear in the paper, a cosine by default in PyTorch.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public OneCycleSchedule(
        Horizon length, double peakAt = 0.3, double start = 0.04, double end = 4e-6, RampShape shape = RampShape.Cosine)
    {
        _length = length.Required();
        _peakAt = Guard.Between(peakAt, 0, 1);
        _start = Guard.Between(start, 0, 1);
        _end = Guard.Fraction(end);
        _shape = Guard.Defined(shape);
    }

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        double length = _length.InSteps(clock);
        double peak = Math.Max(Horizon.WholeIfNearly(_peakAt * length) - 1, 0);
        double last = Math.Max(length - 1, 0);
        if (clock.Step < peak)
            return Between(_start, 1, clock.Step / peak);
        return clock.Step == peak ? 1 : Between(1, _end, Math.Min((clock.Step - peak) / (last - peak), 1));
    }

    /// <inheritdoc/>
    public long LengthInSteps(TrainingClock clock) => _length.WholeSteps(clock);

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"OneCycleSchedule({_length}, {_peakAt}, {_start}, {_end}, {_shape})");

    private double Between(double from, double to, double progress)
    {
        double left = _shape == RampShape.Linear ? 1 - progress : (1 + Elementary.CosPi(progress)) / 2;
        return left * from + (1 - left) * to;
    }
}

using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Repeated half cosines: e + (1 − e)dⁱ(1 + cos(πt/Tᵢ))/2 in period i (from 0), where t counts from its start and Tᵢ = T·mⁱ.
/// </summary>
/// <remarks>
/// Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", ICLR 2017, section 3. PyTorch's
/// <c>CosineAnnealingWarmRestarts</c> (d = 1); Keras' <c>CosineDecayRestarts</c>, whose m is 2 by default.
/// </remarks>
/// <example><code>
/// var schedule = new CosineWarmRestarts(Horizon.Steps(10), multiplier: 2);   // periods of 10, 20, 40, … steps
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 5 }):F2}");    // 0.50
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 10 }):F2}");   // 1.00
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 20 }):F2}");   // 0.50
/// </code></example>
public sealed record CosineWarmRestarts : ISchedule
{
    private readonly Horizon _period;
    private readonly int _multiplier;
    private readonly double _peakDecay;
    private readonly double _end;

    /// <summary>Creates the schedule.</summary>
    /// <param name="period">The first period T; less than one step counts as one.</param>
    /// <param name="multiplier">The factor m by which each period is longer than the previous one, at least 1.</param>
    /// <param name="peakDecay">The factor d of the height above the end value at each restart; greater than 0 and at most 1.</param>
    /// <param name="end">The factor e to which each period falls, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public CosineWarmRestarts(Horizon period, int multiplier = 1, double peakDecay = 1, double end = 0) =>
        (_period, _multiplier, _peakDecay, _end) =
            (period.Required(), Guard.AtLeast(multiplier, 1), Guard.Share(peakDecay), Guard.Fraction(end));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        double period = Math.Max(_period.InSteps(clock), 1);
        double passed = Math.Floor(Horizon.WholeIfNearly(clock.Step / period)); // in units of the first period
        // of the current period, in the same unit: whole numbers, so exact
        double start = passed, length = 1, restarts = passed;
        if (_multiplier > 1)
        {
            for ((start, restarts) = (0, 0); start + length <= passed; restarts++)
                (start, length) = (start + length, length * _multiplier);
        }

        double progress = Math.Clamp((clock.Step - start * period) / (length * period), 0, 1);
        return _end + (1 - _end) * Elementary.Pow(_peakDecay, restarts) * (1 + Elementary.CosPi(progress)) / 2;
    }

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"CosineWarmRestarts({_period}, {_multiplier}, {_peakDecay}, {_end})");
}

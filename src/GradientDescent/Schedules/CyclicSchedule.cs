using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Cycles between a low factor and 1: b + (1 − b)·h·c, where h rises from 0 to 1 over s and falls back to 0 over s.</summary>
/// <remarks>
/// The height c is constant, or it falls with the number n of the cycle or with every step. The optimizer's rate is the first peak. Smith,
/// "Cyclical Learning Rates for Training Neural Networks", WACV 2017; PyTorch's <c>CyclicLR</c>, where <c>low = base_lr/max_lr</c>.
/// </remarks>
/// <example><code>
/// var schedule = CyclicSchedule.Triangular(rise: Horizon.Steps(100), low: 0.2);
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 50 }):F2}");    // 0.60
/// Console.WriteLine($"{schedule.FactorAt(new TrainingClock { Step = 200 }):F2}");   // 0.20
/// </code></example>
public sealed record CyclicSchedule : ISchedule
{
    private readonly Horizon _rise;
    private readonly double _low;
    private readonly double _gamma;
    private readonly string _mode;

    private CyclicSchedule(Horizon rise, double low, double gamma, string mode) =>
        (_rise, _low, _gamma, _mode) = (rise.Required(), Guard.Between(low, 0, 1), Guard.Share(gamma), mode);

    /// <summary>Cycles of the same height: c = 1.</summary>
    /// <param name="rise">The length s of half a cycle; less than one step counts as one.</param>
    /// <param name="low">The factor b between two cycles, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The low factor is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public static CyclicSchedule Triangular(Horizon rise, double low = 0.1) => new(rise, low, 1, nameof(Triangular));

    /// <summary>Each cycle has half the height of the previous one: c = 2⁻ⁿ.</summary>
    /// <inheritdoc cref="Triangular"/>
    public static CyclicSchedule Triangular2(Horizon rise, double low = 0.1) => new(rise, low, 0.5, nameof(Triangular2));

    /// <summary>The height falls at every step, by γ per cycle: c = γ^(t/2s). PyTorch's <c>exp_range</c>, whose γ is per step.</summary>
    /// <param name="rise">The length s of half a cycle; less than one step counts as one.</param>
    /// <param name="low">The factor b between two cycles, greater than 0 and less than 1.</param>
    /// <param name="gamma">The share of the height that is left after a cycle, greater than 0 and at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The low factor or γ is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public static CyclicSchedule ExponentialRange(Horizon rise, double low = 0.1, double gamma = 0.5) =>
        new(rise, low, gamma, nameof(ExponentialRange));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock)
    {
        double rise = Math.Max(_rise.InSteps(clock), 1);
        double cycles = Horizon.WholeIfNearly(clock.Step / (2 * rise));
        double number = Math.Floor(cycles);
        double position = Math.Clamp((clock.Step - number * 2 * rise) / rise, 0, 2);
        double height = Elementary.Pow(_gamma, _mode == nameof(ExponentialRange) ? cycles : number);
        return _low + (1 - _low) * (position <= 1 ? position : 2 - position) * height;
    }

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() =>
        Format.Text($"CyclicSchedule.{_mode}({_rise}, {_low}{(_mode == nameof(ExponentialRange) ? Format.Text($", {_gamma}") : "")})");
}

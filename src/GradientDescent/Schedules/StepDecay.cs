using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The factor is multiplied by γ after every length s: γ^⌊t/s⌋.</summary>
/// <remarks>PyTorch's <c>StepLR</c>; Keras' <c>ExponentialDecay</c> with <c>staircase=True</c>.</remarks>
/// <example><code>
/// var schedule = new StepDecay(Horizon.Steps(100), gamma: 0.5);
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 99 }));    // 1
/// Console.WriteLine(schedule.FactorAt(new TrainingClock { Step = 250 }));   // 0.25
/// </code></example>
public sealed record StepDecay : ISchedule
{
    private readonly Horizon _every;
    private readonly double _gamma;

    /// <summary>Creates the schedule.</summary>
    /// <param name="every">The length s between two reductions.</param>
    /// <param name="gamma">The factor of each step, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is outside its interval.</exception>
    /// <exception cref="InvalidOperationException">The horizon is <c>default</c>.</exception>
    public StepDecay(Horizon every, double gamma = 0.1) => (_every, _gamma) = (every.Required(), Guard.Between(gamma, 0, 1));

    /// <inheritdoc/>
    public double FactorAt(TrainingClock clock) => Elementary.Pow(_gamma, Math.Floor(_every.Passed(clock)));

    /// <summary>The schedule and its settings.</summary>
    public override string ToString() => Format.Text($"StepDecay({_every}, {_gamma})");
}

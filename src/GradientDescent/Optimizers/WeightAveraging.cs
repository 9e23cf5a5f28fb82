namespace GradientDescent;

/// <summary>How the mean of the parameters after each step is taken; see <see cref="AveragedOptimizer"/>.</summary>
/// <example><code>
/// Console.WriteLine(WeightAveraging.Polyak(start: Horizon.Epochs(3)));   // Polyak from 3 epochs
/// </code></example>
public sealed record WeightAveraging
{
    private readonly double? _decay;
    private readonly Horizon? _start;

    private WeightAveraging(double? decay, Horizon? start) => (_decay, _start) = (decay, start);

    /// <summary>
    /// θ̄ ← θ̄ + (θ − θ̄)/k with k the steps since the start: all count the same. Polyak and Juditsky, "Acceleration of Stochastic
    /// Approximation by Averaging", 1992.
    /// </summary>
    /// <param name="start">How far into the run the mean begins; unset: with the first step.</param>
    public static WeightAveraging Polyak(Horizon? start = null) => new(null, start?.Required());

    /// <summary>θ̄ ← βθ̄ + (1 − β)θ, beginning with the first θ: the latest 1/(1 − β) steps count most.</summary>
    /// <param name="decay">The share β of the mean that stays, greater than 0 and less than 1.</param>
    /// <param name="start">How far into the run the mean begins; unset: with the first step.</param>
    public static WeightAveraging Exponential(double decay = 0.999, Horizon? start = null) =>
        new(Guard.Between(decay, 0, 1), start?.Required());

    /// <summary>The number of steps before the mean begins; it need not be whole.</summary>
    internal double StartIn(TrainingClock clock) => _start?.InSteps(clock) ?? 0;

    /// <summary>The weight of the newest parameters among <paramref name="count"/>.</summary>
    internal double WeightOfNewest(long count) => _decay is { } decay ? 1 - decay : 1.0 / count;

    /// <summary>The kind and its settings.</summary>
    public override string ToString() =>
        (_decay is { } decay ? Format.Text($"exponential {decay}") : "Polyak") + (_start is { } start ? $" from {start}" : "");
}

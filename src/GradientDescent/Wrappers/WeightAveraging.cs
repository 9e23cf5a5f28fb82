namespace GradientDescent;

/// <summary>The kind of mean over the parameters after each step; see <see cref="AveragedOptimizer"/>.</summary>
/// <example><code>
/// Console.WriteLine(WeightAveraging.Polyak(start: Horizon.Epochs(3)));   // Polyak from 3 epochs
/// </code></example>
public sealed record WeightAveraging
{
    private readonly double? _decay;
    private readonly Horizon? _start;

    private WeightAveraging(double? decay, Horizon? start) => (_decay, _start) = (decay, start);

    /// <summary>
    /// Returns the arithmetic mean θ̄ ← θ̄ + (θ − θ̄)/k, where k is the number of averaged steps. Polyak and Juditsky, "Acceleration of
    /// Stochastic Approximation by Averaging", 1992.
    /// </summary>
    /// <param name="start">The point of the run at which the mean begins; <see langword="null"/>: the first step.</param>
    public static WeightAveraging Polyak(Horizon? start = null) => new(null, start?.Required());

    /// <summary>
    /// Returns the exponential mean θ̄ ← βθ̄ + (1 − β)θ, which starts at the first θ. The last 1/(1 − β) steps have the most weight.
    /// </summary>
    /// <param name="decay">The decay factor β of the mean, greater than 0 and less than 1.</param>
    /// <param name="start">The point of the run at which the mean begins; <see langword="null"/>: the first step.</param>
    public static WeightAveraging Exponential(double decay = 0.999, Horizon? start = null) =>
        new(Guard.Between(decay, 0, 1), start?.Required());

    /// <summary>Returns the number of steps after which the first parameters are averaged; it need not be whole.</summary>
    internal double StartIn(TrainingClock clock) => _start?.InSteps(clock) ?? 0;

    /// <summary>Returns the weight of the newest of <paramref name="count"/> parameter vectors.</summary>
    internal double WeightOfNewest(long count) => _decay is { } decay ? 1 - decay : 1.0 / count;

    /// <summary>Returns the kind and its settings as text.</summary>
    public override string ToString() =>
        (_decay is { } decay ? Format.Text($"exponential {decay}") : "Polyak") + (_start is { } start ? $" from {start}" : "");
}

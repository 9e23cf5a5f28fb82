using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// A mean of the parameters after each update, less noisy than the last of them. It is what validation looks at, and takes part in the choice of the best. The updates go on from the
/// parameters themselves, and so do the tests that end a run: parameters that have converged or reached the target are returned as they are.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { Averaging = WeightAveraging.Polyak(start: Horizon.Fraction(0.5)), MaxEpochs = 50 };
/// TrainingResult result = new Trainer(new SGD(0.01), options).Fit(new LinearRegression(), data);   // a constant rate, and no wandering
/// Console.WriteLine($"loss {result.Loss:F0}");   // loss 2860
/// </code></example>
public sealed record WeightAveraging
{
    private readonly double? _decay;
    private readonly Horizon? _start;

    private WeightAveraging(double? decay, Horizon? start) => (_decay, _start) = (decay, start);

    /// <summary>θ̄ ← θ̄ + (θ − θ̄)/k with k the updates since the start: all count the same. Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.</summary>
    /// <param name="start">How far into the run the mean begins; unset: with the first update.</param>
    public static WeightAveraging Polyak(Horizon? start = null) => new(null, start?.Required());

    /// <summary>θ̄ ← βθ̄ + (1 − β)θ, beginning with the first θ: the latest 1/(1 − β) updates count most.</summary>
    /// <param name="decay">β, greater than 0 and less than 1.</param>
    /// <param name="start">How far into the run the mean begins; unset: with the first update.</param>
    public static WeightAveraging Exponential(double decay = 0.999, Horizon? start = null) => new(Guard.Between(decay, 0, 1), start?.Required());

    /// <summary>Whether an update counts.</summary>
    internal bool Includes(TrainingClock clock) => _start is not { } start || clock.Step >= start.InSteps(clock);

    /// <summary>Weight of the newest parameters among <paramref name="count"/>.</summary>
    internal double WeightOfNewest(long count) => _decay is { } decay ? 1 - decay : 1.0 / count;

    /// <summary>The kind and its settings.</summary>
    public override string ToString() =>
        Format.Text($"{(_decay is { } decay ? Format.Text($"exponential {decay}") : "Polyak")}{(_start is { } start ? $" from {start}" : "")}");
}

/// <summary>The mean itself.</summary>
internal sealed class RunningAverage(WeightAveraging settings, int length)
{
    private readonly double[] _mean = new double[length];
    private long _count;

    public bool IsEmpty => _count == 0;

    public ReadOnlySpan<double> Mean => _mean;

    public void Add(ReadOnlySpan<double> parameters, TrainingClock clock)
    {
        if (!settings.Includes(clock))
            return;
        if (++_count == 1)
            parameters.CopyTo(_mean);
        else
            Reductions.MoveTowards(_mean, settings.WeightOfNewest(_count), parameters);
    }

    /// <summary>Begins anew: what was averaged is no longer on the way.</summary>
    public void Forget() => _count = 0;

    public void Save(Snapshot snapshot)
    {
        snapshot.Add("average.count", _count);
        snapshot.Add("average.mean", _mean);
    }

    public void Restore(Snapshot snapshot)
    {
        _count = snapshot.TakeCount("average.count");
        snapshot.TakeVector("average.mean", _mean);
    }
}

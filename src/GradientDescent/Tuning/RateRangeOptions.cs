using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>The settings of a rate range test: see <see cref="LearningRateRange"/>. Every setting has a default.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new RateRangeOptions { Min = 1e-4, Max = 1, Steps = 50, Batching = Batching.Full };
/// var range = LearningRateRange.Run(new Momentum(), new LinearRegression(), data, options: options);
/// Console.WriteLine(range.Rates[0] &lt; 1.01e-4);   // True
/// </code></example>
public sealed record RateRangeOptions
{
    /// <summary>The rate of the first step, finite and greater than 0; 10⁻⁶ unless set.</summary>
    public double Min { get; init => field = Guard.Positive(value, nameof(Min)); } = 1e-6;

    /// <summary>The rate of the last step, finite and greater than <see cref="Min"/>; 10 unless set.</summary>
    public double Max { get; init => field = Guard.Positive(value, nameof(Max)); } = 10;

    /// <summary>The number of steps N, from 2 to 1,000,000; 100 unless set.</summary>
    public int Steps { get; init => field = Guard.FromTo(value, 2, 1_000_000, nameof(Steps)); } = 100;

    /// <summary>
    /// The share β of the past in the smoothed loss, in [0, 1). Unset: 0 for full batches, whose losses have no noise, and 0.9 for
    /// mini-batches.
    /// </summary>
    public double? Smoothing { get; init => field = value is { } set ? Guard.Fraction(set, nameof(Smoothing)) : null; }

    /// <summary>
    /// The multiple F at which the test ends, finite and greater than 1; 4 unless set. The test ends when the smoothed loss is above its
    /// lowest value b by more than F − 1 times the larger of |b| and the fall down to b.
    /// </summary>
    public double StopFactor
    {
        get;
        init => field = double.IsFinite(value) && value > 1 ? value
            : throw Guard.OutOfRange(nameof(StopFactor), value, "finite and greater than 1");
    } = 4;

    /// <summary>The number of samples of a step; unset: the default of the optimizer.</summary>
    public Batching? Batching { get; init; }

    /// <summary>The changes of the gradient before the optimizer receives it; none unless set.</summary>
    public ImmutableArray<IGradientTransform> GradientTransforms { get; init; } = [];

    /// <summary>The seed of shuffles, random starts and held-out samples.</summary>
    public long Seed { get; init; }

    /// <summary>The maximum number of threads, at least 1; unset: one per processor. The result does not depend on it.</summary>
    public int? MaxDegreeOfParallelism
    {
        get;
        init => field = value is { } set ? Guard.AtLeast(set, 1, nameof(MaxDegreeOfParallelism)) : null;
    }

    /// <summary>Returns the rates, the steps and the batch size.</summary>
    public override string ToString() =>
        Format.Text($"{Steps} steps from rate {Min:G4} to {Max:G4}") + (Batching is { } size ? $", batches {size}" : "");
}

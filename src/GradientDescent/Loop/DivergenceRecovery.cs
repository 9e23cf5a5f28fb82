namespace GradientDescent;

/// <summary>
/// After a divergence, returns to the last good parameters and optimizer state and continues with a lower rate. The clock is not reset:
/// steps that are undone still count. Good points are the start and later points whose loss is not above the first loss. With mini-batches
/// these are ends of epochs, judged by the mean loss of the epoch; with full batches they are steps 1, 2, 4, 8, … and every 1024th step,
/// judged by the loss there.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { MaxEpochs = 50, Recovery = new(maxAttempts: 5, rateFactor: 0.1) };
/// FitOptions fitOptions = new() { Scaling = FeatureScaling.None };
/// TrainingResult result = new Trainer(new MiniBatchSGD(0.1), options).Fit(new LinearRegression(), data, options: fitOptions);
/// Console.WriteLine($"{result.Reason} with {result.Recoveries[^1].RateFactor:G3} of the rate");   // MaxEpochs with 0.0001 of the rate
/// </code></example>
public sealed record DivergenceRecovery
{
    private const int AttemptLimit = 1000;

    /// <param name="maxAttempts">
    /// The maximum number of returns in a run, from 1 to 1000; the next divergence ends it as <see cref="StopReason.Diverged"/>.
    /// </param>
    /// <param name="rateFactor">The factor by which the rate is multiplied each time, greater than 0 and less than 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public DivergenceRecovery(int maxAttempts = 5, double rateFactor = 0.1)
    {
        MaxAttempts = maxAttempts is >= 1 and <= AttemptLimit ? maxAttempts
            : throw Guard.OutOfRange(nameof(maxAttempts), maxAttempts, "from 1 to 1000");
        RateFactor = Guard.Between(rateFactor, 0, 1);
    }

    /// <summary>The maximum number of returns in a run.</summary>
    public int MaxAttempts { get; }

    /// <summary>The factor by which each return multiplies the rate.</summary>
    public double RateFactor { get; }

    /// <summary>Both settings.</summary>
    public override string ToString() => Format.Text($"(attempts {MaxAttempts}, factor {RateFactor})");
}

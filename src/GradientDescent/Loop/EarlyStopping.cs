namespace GradientDescent;

/// <summary>
/// Ends a run as <see cref="StopReason.NoImprovement"/> when the validation loss, or without validation data the loss of the epoch, has
/// stopped improving.
/// </summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var options = new TrainingOptions { EarlyStopping = new(patience: 20) };
/// FitOptions fitOptions = new() { Validation = Validation.HoldOut(0.25) };
/// TrainingResult result = new Trainer(new Adam(0.05), options).Fit(new LinearRegression(), data, options: fitOptions);
/// Console.WriteLine(result.Reason);   // NoImprovement
/// </code></example>
public sealed record EarlyStopping
{
    /// <param name="patience">The number of consecutive epochs without improvement after which the run ends, at least 1.</param>
    /// <param name="minImprovement">
    /// The smallest decrease below the lowest loss so far that counts as an improvement; in the unit of the loss, at least 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public EarlyStopping(int patience = 10, double minImprovement = 0)
    {
        Patience = Guard.AtLeast(patience, 1);
        MinImprovement = Guard.FiniteNonNegative(minImprovement);
    }

    /// <summary>The number of consecutive epochs without improvement after which the run ends.</summary>
    public int Patience { get; }

    /// <summary>The smallest decrease of the loss that counts as an improvement.</summary>
    public double MinImprovement { get; }

    /// <summary>Both settings.</summary>
    public override string ToString() => Format.Text($"(patience {Patience}, improvement {MinImprovement})");
}

namespace GradientDescent;

/// <summary>
/// Ends a run as <see cref="StopReason.NoImprovement"/>: what is looked at is the validation loss where there is one, else the epoch's
/// loss.
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
    /// <param name="patience">Epochs in a row without improvement after which the run ends, at least 1.</param>
    /// <param name="minImprovement">
    /// By how much a loss must be below the lowest so far to count as an improvement; in the loss's unit, at least 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public EarlyStopping(int patience = 10, double minImprovement = 0)
    {
        Patience = Guard.AtLeast(patience, 1);
        MinImprovement = Guard.FiniteNonNegative(minImprovement);
    }

    /// <summary>Epochs in a row without improvement after which the run ends.</summary>
    public int Patience { get; }

    /// <summary>What counts as an improvement.</summary>
    public double MinImprovement { get; }

    /// <summary>Both settings.</summary>
    public override string ToString() => Format.Text($"(patience {Patience}, improvement {MinImprovement})");
}

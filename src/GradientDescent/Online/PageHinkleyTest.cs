namespace GradientDescent;

/// <summary>Finds a drift: the loss of new samples, before they are learned, has become larger than it was.</summary>
/// <remarks>
/// With the loss xₜ of batch t and the mean x̄ₜ of the batches up to it:
/// <code>
/// mₜ = mₜ₋₁ + xₜ − x̄ₜ − δ,   Mₜ = min(Mₜ₋₁, mₜ),   alarm if mₜ − Mₜ &gt; λ
/// </code>
/// Page, "Continuous Inspection Schemes", Biometrika 41, 1954; Gama, Sebastião and Rodrigues, "On Evaluating Stream Learning Algorithms",
/// Machine Learning 90, 2013, section 5. At an alarm the test starts anew; <see cref="OnlineReport.HasDrifted"/> reports it.
/// </remarks>
/// <example><code>
/// OnlineOptions options = new() { Drift = new PageHinkleyTest(threshold: 2) };
/// Console.WriteLine(options.Drift);   // Page-Hinkley, threshold 2, tolerance 0.005, after 30 batches
/// </code></example>
public sealed record PageHinkleyTest
{
    /// <param name="threshold">The threshold λ, in the unit of the loss; finite and greater than 0.</param>
    /// <param name="tolerance">The change δ of a batch's loss that is tolerated, finite and at least 0.</param>
    /// <param name="minBatches">The number of batches before the first alarm, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is NaN or outside its interval.</exception>
    public PageHinkleyTest(double threshold, double tolerance = 0.005, int minBatches = 30) =>
        (Threshold, Tolerance, MinBatches) =
            (Guard.Positive(threshold), Guard.FiniteNonNegative(tolerance), Guard.AtLeast(minBatches, 1));

    /// <summary>The threshold λ.</summary>
    public double Threshold { get; }

    /// <summary>The tolerated change δ.</summary>
    public double Tolerance { get; }

    /// <summary>The number of batches before the first alarm.</summary>
    public int MinBatches { get; }

    /// <summary>Returns the settings as text.</summary>
    public override string ToString() =>
        Format.Text($"Page-Hinkley, threshold {Threshold}, tolerance {Tolerance}, after {MinBatches} batches");
}

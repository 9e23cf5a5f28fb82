using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Compares the probabilities of one class with the shares that were observed. Immutable.</summary>
/// <remarks>
/// The expected calibration error is Σ wᵢ |p̄ᵢ − ōᵢ| / Σ wᵢ over the bins, with mean probability p̄, observed share ō and weight w. It
/// depends on the bins, and is above 0 even for correct probabilities, because the observed shares vary. Naeini, Cooper and Hauskrecht,
/// "Obtaining well calibrated probabilities using Bayesian binning", 2015.
/// </remarks>
/// <example><code>
/// var report = ClassificationReport.From([0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [false, false, true, true, false, true]);
/// CalibrationCurve calibration = report.Calibration(bins: 2);
/// CalibrationBin high = calibration.Bins[1];
/// Console.WriteLine($"{high.MeanPredicted:F2} {high.ObservedShare:F2} {high.Weight}");   // 0.80 0.67 3
/// Console.WriteLine($"{calibration.ExpectedError:F2}");   // 0.13
/// </code></example>
public sealed class CalibrationCurve
{
    internal CalibrationCurve(RankedScores ranks, int bins, CalibrationBinning binning)
    {
        ImmutableArray<CalibrationBin>.Builder filled = ImmutableArray.CreateBuilder<CalibrationBin>();
        double total = ranks.PositiveTotal + ranks.NegativeTotal, before = 0, weight = 0, positives = 0, sum = 0, lowest = 0;
        int current = -1;
        for (int g = ranks.Thresholds.Length - 1; g >= 0; g--) // from the smallest probability
        {
            double probability = ranks.Thresholds[g], own = ranks.Positives[g] + ranks.Negatives[g];
            int bin = binning == CalibrationBinning.EqualWidth
                ? BinOfWidth(probability, bins)
                : Math.Min((int)((before + own / 2) / total * bins), bins - 1);
            if (bin != current)
            {
                Close(ranks.Thresholds[Math.Min(g + 1, ranks.Thresholds.Length - 1)]);
                (current, lowest) = (bin, probability);
            }

            before += own;
            weight += own;
            positives += ranks.Positives[g];
            sum += own * probability;
        }

        Close(ranks.Thresholds[0]);
        Bins = filled.ToImmutable();

        // Adds the bin that ends at the given probability.
        void Close(double last)
        {
            if (weight > 0)
            {
                filled.Add(new()
                {
                    Lowest = lowest,
                    Highest = last,
                    MeanPredicted = Math.Clamp(sum / weight, lowest, last),
                    ObservedShare = positives / weight,
                    Weight = weight,
                });
                ExpectedError += Math.Abs(filled[^1].MeanPredicted - filled[^1].ObservedShare) * weight / total;
            }

            (weight, positives, sum) = (0, 0, 0);
        }
    }

    /// <summary>The bins that have samples, the smallest probabilities first.</summary>
    public ImmutableArray<CalibrationBin> Bins { get; }

    /// <summary>The expected calibration error, from 0 to 1.</summary>
    public double ExpectedError { get; private set; }

    /// <summary>Returns the expected calibration error and the number of bins in one line.</summary>
    public override string ToString() =>
        Format.Text($"expected calibration error {ExpectedError:G6} in {Format.Count(Bins.Length, "bin")}");

    /// <summary>The product may be rounded to the next edge, so both edges are compared.</summary>
    private static int BinOfWidth(double probability, int bins)
    {
        int bin = Math.Min((int)(probability * bins), bins - 1);
        if (bin > 0 && probability < (double)bin / bins)
            return bin - 1;
        return bin < bins - 1 && probability >= (double)(bin + 1) / bins ? bin + 1 : bin;
    }
}

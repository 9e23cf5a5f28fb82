using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>The receiver operating characteristic of the probabilities of one class, and the area under it (AUC).</summary>
/// <remarks>
/// The area is the probability that a positive sample has a larger probability than a negative one, where ties count one half: the
/// statistic of Mann and Whitney, divided by the number of pairs. Hanley and McNeil, "The meaning and use of the area under a receiver
/// operating characteristic (ROC) curve", 1982. The standard error is that of DeLong, DeLong and Clarke-Pearson, "Comparing the areas under
/// two or more correlated receiver operating characteristic curves: a nonparametric approach", 1988, computed from ranks: Sun and Xu, "Fast
/// implementation of DeLong's algorithm", 2014. Immutable.
/// </remarks>
/// <example><code>
/// RocCurve roc = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).Roc;
/// Console.WriteLine(roc.Area);   // 0.75
/// Console.WriteLine($"{roc.StandardError:F3}");   // 0.354
/// Console.WriteLine(string.Join(" ", roc.Points.Select(point =&gt; point.TruePositiveRate)));   // 0 0.5 0.5 1 1
/// </code></example>
public sealed class RocCurve
{
    private readonly double _positives, _negatives;

    internal RocCurve(RankedScores ranks)
    {
        (_positives, _negatives) = (ranks.PositiveTotal, ranks.NegativeTotal);
        Points = PointsOf(ranks);
        Area = AreaOf(ranks);
        double error = Math.Sqrt(VarianceOf(ranks, Area));
        Note = _positives == 0 || _negatives == 0 ? "The area needs positive and negative samples."
            : ranks.IsWeighted ? "The area has no interval, because weights do not say how many independent samples there are."
            : _positives < 2 || _negatives < 2 ? "An interval of the area needs two positive and two negative samples."
            : error == 0 ? "The area has no interval, because DeLong's variance is 0 if no order of two samples is in doubt."
            : null;
        StandardError = Note is null ? error : double.NaN;
    }

    /// <summary>
    /// The points for all different probabilities, from the largest threshold, +∞, to the smallest: from (0, 0) to (1, 1).
    /// </summary>
    public ImmutableArray<RocPoint> Points { get; }

    /// <summary>The area under the curve, from 0 to 1; ½ for guessing. NaN if all samples are of one class.</summary>
    public double Area { get; }

    /// <summary>The standard error of the area; NaN where <see cref="Note"/> says why.</summary>
    public double StandardError { get; }

    /// <summary>The reason why there is no standard error; <see langword="null"/> if there is one.</summary>
    public string? Note { get; }

    /// <summary>
    /// Returns a confidence interval of the area: <see cref="Area"/> ± z·<see cref="StandardError"/>, cut at 0 and 1. It describes what
    /// other samples of the same kind would give for these probabilities. NaN where <see cref="Note"/> says why.
    /// </summary>
    /// <param name="level">The confidence level, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public (double Lower, double Upper) Interval(double level = 0.95)
    {
        double margin = Distributions.NormalQuantile(1 - Guard.Between(level, 0, 1)) * StandardError;
        return (Math.Max(0, Area - margin), Math.Min(1, Area + margin));
    }

    /// <summary>
    /// Returns the threshold with the smallest sum of costs of wrong answers; the largest such threshold if several are equal; +∞ if it
    /// costs least to take no sample as positive.
    /// </summary>
    /// <remarks>
    /// The threshold is chosen for these samples: the costs on other samples are larger on average. With correct probabilities it would be
    /// near costOfFalsePositive / (costOfFalsePositive + costOfFalseNegative).
    /// </remarks>
    /// <param name="costOfFalsePositive">The cost of a negative sample that is taken as positive, at least 0.</param>
    /// <param name="costOfFalseNegative">The cost of a positive sample that is taken as negative, at least 0, in the same unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is negative or not finite.</exception>
    /// <exception cref="ArgumentException">Both costs are 0.</exception>
    public double BestThreshold(double costOfFalsePositive, double costOfFalseNegative)
    {
        Guard.FiniteNonNegative(costOfFalsePositive);
        Guard.FiniteNonNegative(costOfFalseNegative);
        double scale = Math.Max(costOfFalsePositive, costOfFalseNegative);
        if (scale == 0)
            throw Guard.Invalid(nameof(costOfFalseNegative), $"costOfFalseNegative is 0: one of the two costs must be greater than 0.");
        // Without samples of a class, its rate is NaN and its share of the costs 0.
        double ofNegatives = costOfFalsePositive / scale * _negatives, ofPositives = costOfFalseNegative / scale * _positives;
        double best = double.PositiveInfinity, threshold = double.NaN;
        foreach (RocPoint point in Points)
        {
            double cost = (ofNegatives == 0 ? 0 : ofNegatives * point.FalsePositiveRate)
                + (ofPositives == 0 ? 0 : ofPositives * (1 - point.TruePositiveRate));
            if (cost < best)
                (best, threshold) = (cost, point.Threshold);
        }

        return threshold;
    }

    /// <summary>Returns the area and its interval in one line.</summary>
    public override string ToString() => Note is null && Interval() is var (lower, upper)
        ? Format.Text($"AUC {Area:G6}, 95 % interval {lower:G4} to {upper:G4}")
        : Format.Text($"AUC {Area:G6}");

    private static ImmutableArray<RocPoint> PointsOf(RankedScores ranks)
    {
        var points = new RocPoint[ranks.Thresholds.Length + 1];
        double positives = 0, negatives = 0;
        for (int g = 0; g < points.Length; g++)
        {
            if (g > 0)
            {
                positives += ranks.Positives[g - 1];
                negatives += ranks.Negatives[g - 1];
            }

            points[g] = new()
            {
                Threshold = g == 0 ? double.PositiveInfinity : ranks.Thresholds[g - 1],
                FalsePositiveRate = negatives / ranks.NegativeTotal,
                TruePositiveRate = positives / ranks.PositiveTotal,
            };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(points);
    }

    /// <summary>The pairs in the right order, ties as halves: for counts this sum is exact up to 2⁵² pairs.</summary>
    private static double AreaOf(RankedScores ranks)
    {
        double pairs = 0, above = 0;
        for (int g = 0; g < ranks.Thresholds.Length; g++)
        {
            pairs += ranks.Negatives[g] * (above + ranks.Positives[g] / 2);
            above += ranks.Positives[g];
        }

        return pairs / (ranks.PositiveTotal * ranks.NegativeTotal);
    }

    /// <summary>
    /// S₁₀/m + S₀₁/n: the variances of the shares of negatives below each of m positives, and of positives above each of n negatives.
    /// </summary>
    private static double VarianceOf(RankedScores ranks, double area)
    {
        double m = ranks.PositiveTotal, n = ranks.NegativeTotal;
        double above = 0, below = n, ofPositives = 0, ofNegatives = 0;
        for (int g = 0; g < ranks.Thresholds.Length; g++)
        {
            double positives = ranks.Positives[g], negatives = ranks.Negatives[g];
            double shareBelow = (below - negatives / 2) / n - area, shareAbove = (above + positives / 2) / m - area;
            ofPositives += positives * shareBelow * shareBelow;
            ofNegatives += negatives * shareAbove * shareAbove;
            above += positives;
            below -= negatives;
        }

        return ofPositives / (m - 1) / m + ofNegatives / (n - 1) / n;
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GradientDescent.Kernels;
using GradientDescent.Numerics;

namespace GradientDescent;

/// <summary>Precision over recall of the probabilities of one class, and the average precision. Immutable.</summary>
/// <remarks>
/// The average precision is Σ (Rᵢ − Rᵢ₋₁) Pᵢ over the points, each with its own precision. Trapezoids would be too large: precision does
/// not change linearly between two points (Davis and Goadrich, "The relationship between precision-recall and ROC curves", 2006). There is
/// no point without predicted positives, where the precision is 0/0. The interval is the logit interval of Boyd, Eng and Page, "Area under
/// the precision-recall curve: point estimates and confidence intervals", 2013: logit(A) ± z/√(m A (1 − A)) with m positive samples.
/// </remarks>
/// <example><code>
/// PrecisionRecallCurve curve = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true]).PrecisionRecall;
/// Console.WriteLine($"{curve.AveragePrecision:F3}, by guessing {curve.Prevalence}");   // 0.833, by guessing 0.5
/// Console.WriteLine(curve.BestF1.Threshold);   // 0.35
/// </code></example>
public sealed class PrecisionRecallCurve
{
    private readonly double _positives;

    internal PrecisionRecallCurve(RankedScores ranks)
    {
        _positives = ranks.PositiveTotal;
        Prevalence = _positives / (_positives + ranks.NegativeTotal);
        var points = new PrecisionRecallPoint[ranks.Thresholds.Length];
        double positives = 0, negatives = 0, sum = 0;
        for (int g = 0; g < points.Length; g++)
        {
            positives += ranks.Positives[g];
            negatives += ranks.Negatives[g];
            double precision = positives / (positives + negatives);
            sum += ranks.Positives[g] * precision;
            points[g] = new() { Threshold = ranks.Thresholds[g], Precision = precision, Recall = positives / _positives };
            if (g == 0 || points[g].F1 > BestF1.F1)
                BestF1 = points[g];
        }

        Points = ImmutableCollectionsMarshal.AsImmutableArray(points);
        AveragePrecision = sum / _positives;
        Note = _positives == 0 ? "The average precision needs positive samples."
            : ranks.IsWeighted
                ? "The average precision has no interval, because weights do not say how many independent samples there are."
            : AveragePrecision == 1 ? "The average precision has no interval, because its estimated variance is 0."
            : null;
    }

    /// <summary>The points for all different probabilities, the largest threshold first.</summary>
    public ImmutableArray<PrecisionRecallPoint> Points { get; }

    /// <summary>The average precision, from 0 to 1; NaN if there are no positive samples.</summary>
    public double AveragePrecision { get; }

    /// <summary>The share of positive samples: the average precision of guessing.</summary>
    public double Prevalence { get; }

    /// <summary>The point with the largest F1, with the largest threshold if several are equal.</summary>
    public PrecisionRecallPoint BestF1 { get; }

    /// <summary>The reason why there is no interval; <see langword="null"/> if there is one.</summary>
    public string? Note { get; }

    /// <summary>
    /// Returns a confidence interval of the average precision; an approximation for many positive samples. NaN where <see cref="Note"/>
    /// says why.
    /// </summary>
    /// <param name="level">The confidence level, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public (double Lower, double Upper) Interval(double level = 0.95)
    {
        double z = Distributions.NormalQuantile(1 - Guard.Between(level, 0, 1));
        if (Note is not null)
            return (double.NaN, double.NaN);
        double logit = Elementary.Log(AveragePrecision / (1 - AveragePrecision));
        double margin = z / Math.Sqrt(_positives * AveragePrecision * (1 - AveragePrecision));
        return (Elementary.Sigmoid(logit - margin), Elementary.Sigmoid(logit + margin));
    }

    /// <summary>Returns the average precision and that of guessing in one line.</summary>
    public override string ToString() => Format.Text($"average precision {AveragePrecision:G6} (by guessing {Prevalence:G6})");
}

namespace GradientDescent;

/// <summary>How well one class is told from all others; a part of a <see cref="ClassificationReport"/>. Immutable.</summary>
/// <remarks>
/// With tp samples of the class predicted as it, fp others predicted as it, and fn of the class predicted as another, all sums of weights:
/// <code>
/// precision = tp / (tp + fp)     recall = tp / (tp + fn)     F1 = 2 tp / (2 tp + fp + fn)
/// </code>
/// F1 is the harmonic mean of the two. What is 0/0 is NaN: the precision of a class that was never predicted, and the recall of one that
/// does not occur. The curves are computed when they are first asked for.
/// </remarks>
/// <example><code>
/// ClassificationReport report = ClassificationReport.From([[0.7, 0.2, 0.1], [0.3, 0.6, 0.1], [0.1, 0.5, 0.4]], [0, 1, 2]);
/// ClassReport second = report.Classes[1];
/// Console.WriteLine($"{second.Precision} {second.Recall} {second.F1:F2}");   // 0.5 1 0.67
/// Console.WriteLine(second.Roc.Area);   // 1
/// </code></example>
public sealed class ClassReport
{
    private readonly Lazy<RankedScores> _ranks;
    private readonly Lazy<RocCurve> _roc;
    private readonly Lazy<PrecisionRecallCurve> _precisionRecall;

    internal ClassReport(JudgedSamples samples, ConfusionMatrix confusion, int index)
    {
        Label = confusion.Labels[index];
        (Support, Predicted) = (confusion.Actual(index), confusion.Predicted(index));
        double right = confusion[index, index];
        (Precision, Recall, F1) = (right / Predicted, right / Support, 2 * right / (Predicted + Support));
        _ranks = new(() => RankedScores.Of(samples, index));
        _roc = new(() => new RocCurve(_ranks.Value));
        _precisionRecall = new(() => new PrecisionRecallCurve(_ranks.Value));
    }

    /// <summary>The label of the class.</summary>
    public string Label { get; }

    /// <summary>The share of the samples predicted as this class that are of it, from 0 to 1.</summary>
    public double Precision { get; }

    /// <summary>The share of the samples of this class that are predicted as it, from 0 to 1.</summary>
    public double Recall { get; }

    /// <summary>The harmonic mean of <see cref="Precision"/> and <see cref="Recall"/>; 0 if no sample of the class is found.</summary>
    public double F1 { get; }

    /// <summary>The sum of the weights of the samples of this class; without weights, their number.</summary>
    public double Support { get; }

    /// <summary>The sum of the weights of the samples predicted as this class.</summary>
    public double Predicted { get; }

    /// <summary>True and false positive rates of this class against all others, and the area under the curve.</summary>
    public RocCurve Roc => _roc.Value;

    /// <summary>Precision and recall of this class against all others, for all thresholds, and the average precision.</summary>
    public PrecisionRecallCurve PrecisionRecall => _precisionRecall.Value;

    /// <summary>Compares the probabilities of this class with the observed shares.</summary>
    /// <param name="bins">The number of bins, from 1 to 1,000,000; bins without samples are left out.</param>
    /// <param name="binning">How the samples are divided into bins.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its interval.</exception>
    public CalibrationCurve Calibration(int bins = 10, CalibrationBinning binning = CalibrationBinning.EqualCount) =>
        new(_ranks.Value, Guard.FromTo(bins, 1, 1_000_000), Guard.Defined(binning));

    /// <summary>Returns precision, recall, F1 and support in one line.</summary>
    public override string ToString() =>
        Format.Text($"{Label}: precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4}, support {ConfusionMatrix.CountText(Support)}");
}

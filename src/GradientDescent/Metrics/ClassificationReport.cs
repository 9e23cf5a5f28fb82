using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Judges the probabilities of a classifier by the true classes of samples, with weights if there are any. Immutable.</summary>
/// <remarks>
/// <para>
/// The predicted class is the one with the largest probability, the first of equal ones; with two classes, class 1 if its probability is at
/// least <see cref="Threshold"/>. A weight of 2 counts as two samples, a weight of 0 as none. Log loss in nats:
/// </para>
/// <code>
/// log loss       −Σ wᵢ log pᵢ(true class) / Σ wᵢ              ∞ if a true class had the probability 0
/// Brier score     Σ wᵢ (pᵢ − yᵢ)² / Σ wᵢ                      two classes: p and y of class 1; from 0 to 1
///                 Σ wᵢ Σₖ (pᵢₖ − yᵢₖ)² / Σ wᵢ                 more classes; from 0 to 2
/// kappa          (accuracy − chance) / (1 − chance)           chance: agreement of independent answers with the same shares
/// </code>
/// <para>
/// Brier, "Verification of forecasts expressed in terms of probability", 1950; Cohen, "A coefficient of agreement for nominal scales",
/// 1960; Matthews, "Comparison of the predicted and observed secondary structure of T4 phage lysozyme", 1975, and, for more than two
/// classes, Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004.
/// </para>
/// </remarks>
/// <example><code>
/// double[] probabilities = [0.1, 0.3, 0.4, 0.45, 0.6, 0.7, 0.8, 0.9];
/// bool[] outcomes = [false, false, true, false, true, false, true, true];
/// ClassificationReport report = ClassificationReport.From(probabilities, outcomes);
/// Console.WriteLine($"{report.Accuracy}, AUC {report.Roc.Area}");   // 0.75, AUC 0.8125
/// double cautious = report.BestThreshold(costOfFalsePositive: 1, costOfFalseNegative: 10);
/// Console.WriteLine($"{cautious}: recall {report.AtThreshold(cautious).Classes[1].Recall}");   // 0.4: recall 1
/// </code></example>
public sealed class ClassificationReport
{
    private readonly JudgedSamples _samples;

    /// <param name="samples">The probabilities and the true classes.</param>
    /// <param name="predicted">The predicted class of each sample.</param>
    /// <param name="labels">The label of each class; <see langword="null"/>: their indices.</param>
    /// <param name="threshold">The threshold of class 1 of two.</param>
    /// <param name="knownLogLoss">The log loss, where scores give more digits than probabilities.</param>
    internal ClassificationReport(
        JudgedSamples samples, int[] predicted, IReadOnlyList<string>? labels, double threshold = 0.5, double? knownLogLoss = null)
    {
        _samples = samples;
        Threshold = samples.ClassCount == 2 ? threshold : double.NaN;
        Confusion = new ConfusionMatrix(samples, predicted, LabelsOf(labels, samples.ClassCount));
        var classes = new ClassReport[samples.ClassCount];
        for (int k = 0; k < classes.Length; k++)
            classes[k] = new ClassReport(samples, Confusion, k);
        Classes = [.. classes];
        MacroAverage = new ClassAverages(classes, _ => 1);
        WeightedAverage = new ClassAverages(classes, one => one.Support);
        (Accuracy, CohenKappa, MatthewsCorrelation) = Agreement.Of(Confusion);
        (BaselineAccuracy, BaselineLogLoss, MostFrequentLabel) = Baseline(classes, Confusion.Total);
        LogLoss = knownLogLoss ?? ProbabilityScores.LogLoss(samples);
        BrierScore = ProbabilityScores.Brier(samples);
    }

    /// <summary>How often samples of each class were predicted as each class.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>Precision, recall and curves of each class, in the order of the classes.</summary>
    public ImmutableArray<ClassReport> Classes { get; }

    /// <summary>The averages over classes, each with the same weight.</summary>
    public ClassAverages MacroAverage { get; }

    /// <summary>The averages over classes, each weighted by its support.</summary>
    public ClassAverages WeightedAverage { get; }

    /// <summary>With two classes, class 1 is predicted where its probability is at least this; otherwise NaN.</summary>
    public double Threshold { get; }

    /// <summary>The number of samples, also of those with a weight of 0.</summary>
    public int SampleCount => _samples.SampleCount;

    /// <summary>The share of samples whose class is predicted correctly, from 0 to 1.</summary>
    public double Accuracy { get; }

    /// <summary>The mean recall of the classes that occur, from 0 to 1; 1/K for guessing among K classes.</summary>
    public double BalancedAccuracy => MacroAverage.Recall;

    /// <summary>The accuracy of always answering the most frequent class of these samples.</summary>
    public double BaselineAccuracy { get; }

    /// <summary>The label of the most frequent class of these samples, the first of several.</summary>
    public string MostFrequentLabel { get; }

    /// <summary>The agreement above chance, from −1 to 1; 0 for chance; NaN if one class has all samples and all predictions.</summary>
    public double CohenKappa { get; }

    /// <summary>The correlation of true and predicted classes, from −1 to 1; NaN if all are of one class, true or predicted.</summary>
    public double MatthewsCorrelation { get; }

    /// <summary>The mean cross-entropy in nats; infinite if a class occurred whose probability was 0.</summary>
    public double LogLoss { get; }

    /// <summary>The log loss of always answering the shares of the classes in these samples: their entropy, in nats.</summary>
    public double BaselineLogLoss { get; }

    /// <summary>The mean squared error of the probabilities; see the formulas above.</summary>
    public double BrierScore { get; }

    /// <summary>The ROC curve of class 1 of two.</summary>
    /// <exception cref="InvalidOperationException">There are more than two classes: see <see cref="Classes"/>.</exception>
    public RocCurve Roc => Positive.Roc;

    /// <summary>Precision over recall of class 1 of two.</summary>
    /// <inheritdoc cref="Roc"/>
    public PrecisionRecallCurve PrecisionRecall => Positive.PrecisionRecall;

    private ClassReport Positive => Classes.Length == 2
        ? Classes[1]
        : throw new InvalidOperationException(Format.Text(
            $"The report has {Classes.Length} classes, so no class is the positive one: use one of {nameof(Classes)}."));

    /// <summary>Judges the probabilities of an outcome that did or did not happen.</summary>
    /// <param name="probabilities">The probability of the outcome for each sample, from 0 to 1.</param>
    /// <param name="outcomes">Whether it happened, for each sample.</param>
    /// <param name="weights">The weight of each sample, finite and at least 0; <see langword="null"/>: 1.</param>
    /// <param name="labels">The labels of false and true; <see langword="null"/>: False and True.</param>
    /// <exception cref="ArgumentException">
    /// There is no sample, the counts differ, or a number is outside its interval. The message names it.
    /// </exception>
    public static ClassificationReport From(
        double[] probabilities, bool[] outcomes, double[]? weights = null, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(outcomes);
        JudgedSamples samples = JudgedSamples.Binary(probabilities, outcomes, (double[]?)weights?.Clone());
        return new(samples, Decisions.Of(samples, 0.5), labels ?? ["False", "True"]);
    }

    /// <summary>Judges the probabilities of two or more classes.</summary>
    /// <param name="probabilities">For each sample the probability of each class, from 0 to 1; their sum is 1.</param>
    /// <param name="classes">The index of the true class of each sample, from 0.</param>
    /// <param name="weights">The weight of each sample, finite and at least 0; <see langword="null"/>: 1.</param>
    /// <param name="labels">The label of each class; <see langword="null"/>: their indices.</param>
    /// <exception cref="ArgumentException">
    /// There is no sample, the counts differ, or a number is outside its interval. The message names it.
    /// </exception>
    public static ClassificationReport From(
        double[][] probabilities, int[] classes, double[]? weights = null, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(classes);
        JudgedSamples samples = JudgedSamples.Of(probabilities, classes, (double[]?)weights?.Clone());
        return new(samples, Decisions.Of(samples, 0.5), labels);
    }

    /// <summary>Returns the report of the same two classes with another threshold; curves, log loss and Brier score are the same.</summary>
    /// <param name="threshold">Class 1 is predicted where its probability is at least this; with +∞ never.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is NaN or less than 0.</exception>
    /// <exception cref="InvalidOperationException">There are more than two classes.</exception>
    public ClassificationReport AtThreshold(double threshold)
    {
        _ = Positive;
        if (!(threshold >= 0))
            throw Guard.OutOfRange(nameof(threshold), threshold, "at least 0");
        return new(_samples, Decisions.Of(_samples, threshold), Confusion.Labels, threshold, LogLoss);
    }

    /// <summary>Returns the threshold of class 1 of two with the smallest cost of wrong answers.</summary>
    /// <exception cref="InvalidOperationException">There are more than two classes.</exception>
    /// <inheritdoc cref="RocCurve.BestThreshold"/>
    public double BestThreshold(double costOfFalsePositive, double costOfFalseNegative) =>
        Positive.Roc.BestThreshold(costOfFalsePositive, costOfFalseNegative);

    /// <summary>Compares the probabilities of class 1 of two with the observed shares.</summary>
    /// <exception cref="InvalidOperationException">There are more than two classes: use one of <see cref="Classes"/>.</exception>
    /// <inheritdoc cref="ClassReport.Calibration"/>
    public CalibrationCurve Calibration(int bins = 10, CalibrationBinning binning = CalibrationBinning.EqualCount) =>
        Positive.Calibration(bins, binning);

    /// <summary>
    /// Returns a table of precision, recall, F1 and support, followed by accuracy, area under the ROC curve of two classes, log loss and
    /// Brier score; lines end with \n.
    /// </summary>
    public override string ToString()
    {
        List<string> lines =
            [Format.Text($"accuracy {Accuracy:P2} (always {VisibleText.OneLine(MostFrequentLabel)}: {BaselineAccuracy:P2})")];
        if (Classes.Length == 2)
            lines.AddRange([Roc.ToString(), PrecisionRecall.ToString()]);
        lines.Add(Format.Text($"log loss {LogLoss:G6} (class shares: {BaselineLogLoss:G6}), Brier score {BrierScore:G6}"));
        return ClassificationTable.TextOf(Classes, MacroAverage, WeightedAverage, Confusion.Total, lines);
    }

    private static ImmutableArray<string> LabelsOf(IReadOnlyList<string>? labels, int count)
    {
        if (labels is null)
            return [.. Enumerable.Range(0, count).Select(k => Format.Text($"{k}"))];
        if (labels.Count != count)
            throw Guard.Invalid(nameof(labels), $"There are {labels.Count} labels for {count} classes: each class needs one.");
        if (labels.Contains(null!))
            throw Guard.Invalid(nameof(labels), $"labels has a null: each class needs a label.");
        return [.. labels];
    }

    private static (double Accuracy, double LogLoss, string Label) Baseline(ClassReport[] classes, double total)
    {
        ClassReport commonest = classes[0];
        double entropy = 0;
        foreach (ClassReport one in classes)
        {
            if (one.Support > commonest.Support)
                commonest = one;
            if (one.Support > 0)
                entropy -= one.Support / total * Elementary.Log(one.Support / total);
        }

        return (commonest.Support / total, entropy + 0.0, commonest.Label);
    }
}

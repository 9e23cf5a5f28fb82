using System.Globalization;

namespace GradientDescent.Reporting;

/// <content>Charts of classifications.</content>
public static partial class Charts
{
    /// <summary>A confusion matrix: how many samples of each class were predicted as each class.</summary>
    /// <param name="labels">The labels of the classes.</param>
    /// <param name="actual">The actual class of each sample, as an index into <paramref name="labels"/>.</param>
    /// <param name="predicted">The predicted class of each sample, as an index too.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are no labels, or an index is out of range.</exception>
    public static Chart ConfusionMatrix(IReadOnlyList<string> labels, IReadOnlyList<int> actual, IReadOnlyList<int> predicted)
    {
        NotEmpty(labels);
        SameCount(actual, predicted);
        double[,] counts = new double[labels.Count, labels.Count];
        for (int i = 0; i < actual.Count; i++)
            counts[ClassAt(actual, i, nameof(actual)), ClassAt(predicted, i, nameof(predicted))]++;
        return ConfusionFigure.Of([.. labels], counts);

        int ClassAt(IReadOnlyList<int> classes, int i, string name) => (uint)classes[i] < (uint)labels.Count
            ? classes[i]
            : throw new ArgumentException(
                FormattableString.Invariant($"{name}[{i}] is {classes[i]}: it must be from 0 to {labels.Count - 1}."), name);
    }

    /// <summary>
    /// A confusion matrix of a classifier: how many samples of each class were predicted as each class, or their weights.
    /// </summary>
    /// <param name="report">The report of the classifier, such as <see cref="Classifier{TLabel}.Report(Dataset)"/> gives it.</param>
    /// <example><code>
    /// var report = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true], labels: ["no", "yes"]);
    /// Charts.ConfusionMatrix(report).SaveHtml("confusion.html");
    /// </code></example>
    public static Chart ConfusionMatrix(ClassificationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ConfusionMatrix matrix = report.Confusion;
        double[,] counts = new double[matrix.Labels.Length, matrix.Labels.Length];
        for (int i = 0; i < matrix.Labels.Length; i++)
        {
            for (int j = 0; j < matrix.Labels.Length; j++)
                counts[i, j] = matrix[i, j];
        }

        return ConfusionFigure.Of([.. matrix.Labels], counts);
    }

    /// <summary>
    /// Receiver operating characteristic: the share of positive samples that are found over the share of negative samples that are taken
    /// as positive, for all thresholds. Guessing lies on the dashed line; the area under a curve (AUC) is in the legend. Of more than two
    /// classes, each has a curve against all others.
    /// </summary>
    /// <param name="report">The report of the classifier.</param>
    /// <example><code>
    /// var report = ClassificationReport.From([0.1, 0.4, 0.35, 0.8], [false, false, true, true]);
    /// Charts.Roc(report).SaveHtml("roc.html");
    /// </code></example>
    public static Chart Roc(ClassificationReport report) => RocOf(CurvesOf(report));

    /// <summary>The same of several classifiers with two classes.</summary>
    /// <param name="reports">The reports with their names; at least one.</param>
    /// <exception cref="InvalidOperationException">A report has more than two classes.</exception>
    public static Chart Roc(params IReadOnlyList<(string Name, ClassificationReport Report)> reports) => RocOf(CurvesOf(reports));

    /// <summary>
    /// Precision over recall: the share of positive samples among those that are taken as positive, over the share of the positive samples
    /// that are found, for all thresholds. The average precision (AP) is in the legend. Of more than two classes, each has a curve against
    /// all others; of two, guessing lies on the dashed line.
    /// </summary>
    /// <param name="report">The report of the classifier.</param>
    public static Chart PrecisionRecall(ClassificationReport report) => PrecisionRecallOf(CurvesOf(report));

    /// <summary>The same of several classifiers with two classes.</summary>
    /// <param name="reports">The reports with their names; at least one.</param>
    /// <exception cref="InvalidOperationException">A report has more than two classes.</exception>
    public static Chart PrecisionRecall(params IReadOnlyList<(string Name, ClassificationReport Report)> reports) =>
        PrecisionRecallOf(CurvesOf(reports));

    /// <summary>
    /// Calibration: the share of positive samples over the mean predicted probability, in bins of equal numbers of samples. Correct
    /// probabilities lie on the dashed line. The bars are 95 % intervals of the shares (Wilson, "Probable inference, the law of succession,
    /// and statistical inference", 1927), for which weights are taken as numbers of samples. Of more than two classes, each has a curve.
    /// </summary>
    /// <param name="report">The report of the classifier.</param>
    public static Chart Calibration(ClassificationReport report) => CalibrationOf(CurvesOf(report));

    /// <summary>The same of several classifiers with two classes.</summary>
    /// <param name="reports">The reports with their names; at least one.</param>
    /// <exception cref="InvalidOperationException">A report has more than two classes.</exception>
    public static Chart Calibration(params IReadOnlyList<(string Name, ClassificationReport Report)> reports) =>
        CalibrationOf(CurvesOf(reports));

    /// <summary>
    /// The weights of a classifier of pictures, one picture for each class: where a class has large weights, bright pixels speak for it.
    /// </summary>
    /// <param name="model">A fitted model whose features are the pixels, row by row from the top left.</param>
    /// <param name="width">The width of the pictures in pixels.</param>
    /// <param name="labels">The labels of the classes; <see langword="null"/>: 0, 1, 2, …</param>
    /// <exception cref="ArgumentException">
    /// The number of features is not a multiple of the width, or the number of labels is not the number of classes.
    /// </exception>
    public static Chart Weights(LinearModel model, int width, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (width < 1 || model.FeatureCount % width != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"width is {width}: it must be a divisor of the number of features, {model.FeatureCount}."),
                nameof(width));
        }

        return WeightFigure.Of(model, width, LabelsOf(model.OutputCount, labels));
    }

    private static (string Name, ClassReport Class)[] CurvesOf(ClassificationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        IEnumerable<ClassReport> shown = report.Classes.Length == 2 ? report.Classes.Skip(1) : report.Classes;
        return [.. shown.Select(one => (one.Label, one))];
    }

    private static (string Name, ClassReport Class)[] CurvesOf(IReadOnlyList<(string Name, ClassificationReport Report)> reports) =>
    [
        .. NotEmpty(reports).Select(one => one.Report.Classes.Length == 2
            ? (one.Name, one.Report.Classes[1])
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"The report of '{one.Name}' has {one.Report.Classes.Length} classes: only classifiers of two classes can be compared."))),
    ];

    private static Chart RocOf((string Name, ClassReport Class)[] curves) => SharesOf(
        "ROC",
        "The share of positive samples that are found, over the share of negative samples taken as positive; dashed: guessing.",
        "false positive rate",
        "true positive rate",
        [0, 1],
        [.. curves.Select(one => (
            one.Name, FormattableString.Invariant($", AUC {one.Class.Roc.Area:0.###}"),
            one.Class.Roc.Points.Select(point => (point.FalsePositiveRate, point.TruePositiveRate, point.Threshold))))]);

    private static Chart PrecisionRecallOf((string Name, ClassReport Class)[] curves)
    {
        double[] prevalences = [.. curves.Select(one => one.Class.PrecisionRecall.Prevalence).Distinct()];
        return SharesOf(
            "Precision and recall",
            $"The precision for each share of the positive samples that are found{(prevalences.Length == 1 ? "; dashed: guessing" : "")}.",
            "recall",
            "precision",
            prevalences.Length == 1 ? [prevalences[0], prevalences[0]] : [],
            [.. curves.Select(one => (
                one.Name, FormattableString.Invariant($", AP {one.Class.PrecisionRecall.AveragePrecision:0.###}"),
                one.Class.PrecisionRecall.Points.Select(point => (point.Recall, point.Precision, point.Threshold))))]);
    }

    private static Chart CalibrationOf((string Name, ClassReport Class)[] curves)
    {
        return new(
            "Calibration",
            "The share of positive samples over the predicted probability, with 95 % intervals; dashed: correct probabilities.",
            new([DashedLine([0, 1], [0, 1]), .. curves.Select((one, i) => TraceOf(one.Name, one.Class.Calibration(), i))], new()
            {
                XAxis = Axes.Of("mean predicted probability", -0.02, 1.02),
                YAxis = Axes.Of("share of positive samples", -0.02, 1.02),
                ShowLegend = true,
            }));

        static ScatterTrace TraceOf(string name, CalibrationCurve curve, int index)
        {
            (double Lower, double Upper)[] intervals = [.. curve.Bins.Select(bin => Wilson(bin.ObservedShare, bin.Weight))];
            return new()
            {
                Name = Label.Short(name) + FormattableString.Invariant($", ECE {curve.ExpectedError:0.###}"),
                Meta = new(name),
                X = [.. curve.Bins.Select(bin => bin.MeanPredicted)],
                Y = [.. curve.Bins.Select(bin => bin.ObservedShare)],
                Mode = "lines+markers",
                Line = Series.LineOf(index),
                Marker = new() { Color = Colour.OfSeries(index), Size = 7 },
                ErrorY = new(
                    [.. curve.Bins.Zip(intervals, (bin, interval) => interval.Upper - bin.ObservedShare)],
                    [.. curve.Bins.Zip(intervals, (bin, interval) => bin.ObservedShare - interval.Lower)],
                    Colour.OfSeries(index)),
                CustomData = [.. curve.Bins.Select(bin => (double[])[bin.Weight])],
                HoverTemplate = "predicted %{x:.3f}, observed %{y:.3f} (%{customdata[0]} samples)",
            };
        }

        static (double Lower, double Upper) Wilson(double share, double count)
        {
            const double Z = 1.959963984540054; // the normal quantile of 97.5 %
            double middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count);
            double margin = Z / (1 + Z * Z / count) * Math.Sqrt(share * (1 - share) / count + Z * Z / (4 * count * count));
            return (Math.Max(0, middle - margin), Math.Min(1, middle + margin));
        }
    }

    private static Chart SharesOf(
        string title,
        string description,
        string xLabel,
        string yLabel,
        double[] guessing,
        IReadOnlyList<(string Name, string Suffix, IEnumerable<(double X, double Y, double Threshold)> Points)> curves)
    {
        Trace[] dashed = guessing.Length == 0 ? [] : [DashedLine([0, 1], guessing)];
        return new(title, description, new([.. dashed, .. curves.Select(TraceOf)], new()
        {
            XAxis = Axes.Of(xLabel, -0.02, 1.02),
            YAxis = Axes.Of(yLabel, -0.02, 1.02),
            ShowLegend = true,
        }));

        static ScatterTrace TraceOf(
            (string Name, string Suffix, IEnumerable<(double X, double Y, double Threshold)> Points) curve, int index)
        {
            (double X, double Y, double Threshold)[] points = [.. curve.Points];
            List<int> kept = Thinning.Line([.. points.Select(point => point.X)], [.. points.Select(point => point.Y)]);
            return new()
            {
                Name = Label.Short(curve.Name) + curve.Suffix,
                Meta = new(curve.Name),
                X = [.. kept.Select(i => points[i].X)],
                Y = [.. kept.Select(i => points[i].Y)],
                CustomData = [.. kept.Select(i => (double[])[points[i].Threshold])],
                Mode = kept.Count == 1 ? "markers" : "lines",
                Line = Series.LineOf(index),
                Marker = new() { Color = Colour.OfSeries(index) },
                HoverTemplate = "(%{x:.3f}, %{y:.3f}), threshold %{customdata[0]:.3~g}",
            };
        }
    }

    private static IReadOnlyList<string> LabelsOf(int classCount, IReadOnlyList<string>? labels)
    {
        labels ??= [.. Enumerable.Range(0, classCount).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        return labels.Count == classCount ? labels : throw new ArgumentException(
            FormattableString.Invariant($"There are {labels.Count} labels for {classCount} classes: each class needs one."),
            nameof(labels));
    }
}

using System.Globalization;

namespace GradientDescent.Tool;

/// <summary>The report of a classifier as lines and tables of at most 80 columns.</summary>
internal static class ClassifierTables
{
    private const int MaxClasses = 10; // of a confusion matrix; also the most rows of the other tables
    private const int MaxLabelLength = 20;

    /// <summary>Returns what is to be known first: accuracy, area under the ROC curve and the scores of the probabilities.</summary>
    /// <param name="report">The report.</param>
    /// <param name="isHeldOut">Whether the model was not fitted to the samples.</param>
    public static IEnumerable<string> Summary(ClassificationReport report, bool isHeldOut)
    {
        string samples = NumberText.Counted(report.SampleCount, isHeldOut ? "validation sample" : "training sample");
        yield return isHeldOut
            ? $"On the {samples}, which the fit has not seen:"
            : $"On the {samples} of the fit itself, so new ones are predicted less well:";
        string always = $"always '{Label(report.MostFrequentLabel)}': {Share(report.BaselineAccuracy)} %";
        yield return $"accuracy {Share(report.Accuracy)} % ({always})";
        if (report.Classes.Length == 2)
        {
            (double lower, double upper) = report.Roc.Interval();
            string interval = report.Roc.Note is null ? $" (95 % interval {Number(lower)} to {Number(upper)})" : "";
            yield return $"area under the ROC curve {Number(report.Roc.Area)}{interval}";
        }

        yield return $"log loss {Number(report.LogLoss)} (answering the class shares: {Number(report.BaselineLogLoss)}), "
            + $"Brier score {Number(report.BrierScore)}";
    }

    /// <summary>Returns the confusion matrix or, for many classes or long labels, the most frequent confusions.</summary>
    /// <param name="report">The report.</param>
    /// <param name="width">The largest width.</param>
    public static IReadOnlyList<TextColumn> Confusion(ClassificationReport report, int width)
    {
        ConfusionMatrix confusion = report.Confusion;
        int k = confusion.Labels.Length;
        List<TextColumn> matrix = [new("true \\ predicted", false, [.. confusion.Labels.Select(Label)])];
        for (int predicted = 0; predicted < k && k <= MaxClasses; predicted++)
        {
            int own = predicted;
            matrix.Add(new(
                Label(confusion.Labels[own]), true, [.. Enumerable.Range(0, k).Select(actual => Count(confusion[actual, own]))]));
        }

        return k <= MaxClasses && TextTable.WidthOf(matrix) <= width ? matrix : WorstConfusions(confusion);
    }

    /// <summary>Returns precision, recall and F1 of each class; of many classes, of those with the smallest F1.</summary>
    public static IReadOnlyList<TextColumn> Classes(ClassificationReport report)
    {
        bool isShortened = report.Classes.Length > MaxClasses;
        ClassReport[] shown = isShortened ? [.. report.Classes.OrderBy(one => one.F1).Take(MaxClasses)] : [.. report.Classes];
        string[] names = [.. shown.Select(one => Label(one.Label)), "macro average", "weighted average"];
        return
        [
            new(isShortened ? "smallest F1" : "class", false, [.. names]),
            Column("precision", one => one.Precision, average => average.Precision),
            Column("recall", one => one.Recall, average => average.Recall),
            Column("F1", one => one.F1, average => average.F1),
            new("AUC", true, [.. shown.Select(one => Fixed(one.Roc.Area)), "", ""]),
            new("support", true, [.. shown.Select(one => Count(one.Support)), .. Enumerable.Repeat(Count(report.Confusion.Total), 2)]),
        ];

        TextColumn Column(string header, Func<ClassReport, double> ofClass, Func<ClassAverages, double> ofAverage) => new(
            header,
            true,
            [.. shown.Select(one => Fixed(ofClass(one))), Fixed(ofAverage(report.MacroAverage)), Fixed(ofAverage(report.WeightedAverage))]);
    }

    private static IReadOnlyList<TextColumn> WorstConfusions(ConfusionMatrix confusion)
    {
        int k = confusion.Labels.Length;
        (int Actual, int Predicted)[] worst =
        [
            .. from actual in Enumerable.Range(0, k)
               from predicted in Enumerable.Range(0, k)
               where actual != predicted && confusion[actual, predicted] > 0
               orderby confusion[actual, predicted] descending
               select (actual, predicted),
        ];
        if (worst.Length == 0)
            return [new("true", false, ["no confusions"])];
        worst = [.. worst.Take(MaxClasses)];
        return
        [
            new("true", false, [.. worst.Select(pair => Label(confusion.Labels[pair.Actual]))]),
            new("predicted as", false, [.. worst.Select(pair => Label(confusion.Labels[pair.Predicted]))]),
            new("samples", true, [.. worst.Select(pair => Count(confusion[pair.Actual, pair.Predicted]))]),
            new("% of true", true, [.. worst.Select(pair => Share(confusion.ShareOfActual(pair.Actual, pair.Predicted)))]),
        ];
    }

    private static string Label(string label) =>
        label.Length == 0 ? "(no name)" : TextLayout.Clip(TextLayout.OneLine(label), MaxLabelLength);

    private static string Count(double weight) => NumberText.Cell(weight, weight == Math.Floor(weight) ? "G9" : "G6");

    private static string Number(double number) => NumberText.Cell(number, "G6");

    private static string Fixed(double number) => NumberText.Cell(number, "F4");

    private static string Share(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture);
}

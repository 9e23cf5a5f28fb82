using System.Globalization;

namespace GradientDescent.Reporting;

/// <content>Classes and what was taken for them.</content>
public static partial class Charts
{
    /// <summary>How often each class was taken for each.</summary>
    /// <param name="labels">The classes.</param>
    /// <param name="actual">The right class of each sample, as an index into <paramref name="labels"/>.</param>
    /// <param name="predicted">The predicted class of each sample.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are no labels, or an index is not one of theirs.</exception>
    public static Chart ConfusionMatrix(IReadOnlyList<string> labels, IReadOnlyList<int> actual, IReadOnlyList<int> predicted)
    {
        Some(labels);
        SameCount(actual, predicted);
        int[,] counts = new int[labels.Count, labels.Count];
        for (int i = 0; i < actual.Count; i++)
            counts[ClassAt(actual, i, nameof(actual)), ClassAt(predicted, i, nameof(predicted))]++;
        return new ConfusionChart([.. labels], counts);

        int ClassAt(IReadOnlyList<int> classes, int i, string name) => (uint)classes[i] < (uint)labels.Count
            ? classes[i]
            : throw new ArgumentException(FormattableString.Invariant($"{name}[{i}] is {classes[i]}: it must be from 0 to {labels.Count - 1}."), name);
    }

    /// <summary>How often a fitted model takes each class of some data for each.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Samples with one target: the class, from 0. Weights are left aside: samples are counted.</param>
    /// <param name="labels">What the classes are called; <see langword="null"/>: 0, 1, 2, …</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">The data does not fit the model, a target is not a class of it, or there are not as many labels as classes; the message names which.</exception>
    public static Chart ConfusionMatrix(SoftmaxRegression model, Dataset data, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ConfusionOf(model, model.OutputCount, data, labels, row => model.Predict(row));
    }

    /// <inheritdoc cref="ConfusionMatrix(SoftmaxRegression, Dataset, IReadOnlyList{string})"/>
    public static Chart ConfusionMatrix(LogisticRegression model, Dataset data, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ConfusionOf(model, 2, data, labels, row => model.Predict(row) ? 1 : 0);
    }

    /// <summary>How often a classifier takes each class of some data for each, by their labels.</summary>
    /// <typeparam name="TLabel">What the classes are called by.</typeparam>
    /// <param name="classifier">The classifier.</param>
    /// <param name="data">Samples with one target: the class, as an index into <see cref="Classifier{TLabel}.Labels"/>. Weights are left aside: samples are counted.</param>
    /// <exception cref="ArgumentException">The data does not fit the classifier, or a target is not a class of it; the message names which.</exception>
    public static Chart ConfusionMatrix<TLabel>(Classifier<TLabel> classifier, Dataset data) where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(classifier);
        return ConfusionMatrix(classifier.Model, data, TextsOf(classifier));
    }

    /// <summary>How often a classifier takes each label for each.</summary>
    /// <typeparam name="TLabel">What the classes are called by.</typeparam>
    /// <param name="classifier">The classifier.</param>
    /// <param name="rows">One row of features a sample.</param>
    /// <param name="labels">The right label of each, among <see cref="Classifier{TLabel}.Labels"/>.</param>
    /// <exception cref="ArgumentException">Counts differ, a row does not fit the classifier, or there is no such label; the message names which.</exception>
    public static Chart ConfusionMatrix<TLabel>(Classifier<TLabel> classifier, double[][] rows, IReadOnlyList<TLabel> labels) where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(classifier);
        SameCount(rows, labels);
        int[] actual = [.. labels.Select((label, i) => classifier.Labels.IndexOf(label) is var known and >= 0
            ? known
            : throw new ArgumentException(FormattableString.Invariant($"labels[{i}] is {label}: it must be one of the classifier's labels."), nameof(labels)))];
        return ConfusionMatrix(TextsOf(classifier), actual, classifier.Model.PredictAll(rows));
    }

    private static Chart ConfusionOf(LinearModel model, int classCount, Dataset data, IReadOnlyList<string>? labels, Func<ReadOnlySpan<double>, int> predict)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount != model.FeatureCount || data.TargetCount != 1)
            throw new ArgumentException(FormattableString.Invariant($"data has {data.FeatureCount} features and {data.TargetCount} targets: it must have {model.FeatureCount} and one, the class."), nameof(data));
        labels ??= [.. Enumerable.Range(0, classCount).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        if (labels.Count != classCount)
            throw new ArgumentException(FormattableString.Invariant($"There are {labels.Count} labels for {classCount} classes: each class needs one."), nameof(labels));
        int[] actual = new int[data.SampleCount], predicted = new int[data.SampleCount];
        for (int i = 0; i < data.SampleCount; i++)
        {
            double target = data.Targets(i)[0];
            if (!(target >= 0 && target < classCount && target == Math.Floor(target)))
                throw new ArgumentException(FormattableString.Invariant($"Row {i}, target '{data.TargetNames[0]}' is {target}: it must be a class from 0 to {classCount - 1}."), nameof(data));
            (actual[i], predicted[i]) = ((int)target, predict(data.Features(i)));
        }

        return ConfusionMatrix(labels, actual, predicted);
    }

    private static string[] TextsOf<TLabel>(Classifier<TLabel> classifier) where TLabel : notnull =>
        [.. classifier.Labels.Select(label => Convert.ToString(label, CultureInfo.InvariantCulture) ?? "")];
}

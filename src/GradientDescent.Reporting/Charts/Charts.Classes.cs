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
        int[,] counts = new int[labels.Count, labels.Count];
        for (int i = 0; i < actual.Count; i++)
            counts[ClassAt(actual, i, nameof(actual)), ClassAt(predicted, i, nameof(predicted))]++;
        return new ConfusionChart([.. labels], counts);

        int ClassAt(IReadOnlyList<int> classes, int i, string name) => (uint)classes[i] < (uint)labels.Count
            ? classes[i]
            : throw new ArgumentException(
                FormattableString.Invariant($"{name}[{i}] is {classes[i]}: it must be from 0 to {labels.Count - 1}."), name);
    }

    /// <summary>A confusion matrix of a fitted model on the given data.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="data">Samples with one target, the class from 0. Weights are ignored: samples are counted.</param>
    /// <param name="labels">The labels of the classes; <see langword="null"/>: 0, 1, 2, …</param>
    /// <exception cref="InvalidOperationException">The model has not been fitted.</exception>
    /// <exception cref="ArgumentException">
    /// The data does not fit the model, a target is not a class, or the number of labels is not the number of classes.
    /// </exception>
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

    /// <summary>A confusion matrix of a classifier on the given data.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="classifier">The fitted classifier.</param>
    /// <param name="data">
    /// Samples with one target, the class as an index into <see cref="Classifier{TLabel}.Labels"/>. Weights are ignored: samples are
    /// counted.
    /// </param>
    /// <exception cref="ArgumentException">The data does not fit the classifier, or a target is not a class.</exception>
    public static Chart ConfusionMatrix<TLabel>(Classifier<TLabel> classifier, Dataset data) where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(classifier);
        return ConfusionMatrix(classifier.Model, data, StringsOf(classifier));
    }

    /// <summary>A confusion matrix of a classifier on rows with known labels.</summary>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="classifier">The fitted classifier.</param>
    /// <param name="rows">The features, one row for each sample.</param>
    /// <param name="labels">The actual label of each row, one of <see cref="Classifier{TLabel}.Labels"/>.</param>
    /// <exception cref="ArgumentException">
    /// The counts differ, a row does not fit the classifier, or the classifier does not have a label.
    /// </exception>
    public static Chart ConfusionMatrix<TLabel>(Classifier<TLabel> classifier, double[][] rows, IReadOnlyList<TLabel> labels)
        where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(classifier);
        SameCount(rows, labels);
        return ConfusionMatrix(StringsOf(classifier), [.. labels.Select(ClassOf)], classifier.Model.PredictAll(rows));

        int ClassOf(TLabel label, int i) => classifier.Labels.IndexOf(label) is var known and >= 0
            ? known
            : throw new ArgumentException(
                FormattableString.Invariant($"labels[{i}] is {label}: it must be one of the classifier's labels."), nameof(labels));
    }

    private static Chart ConfusionOf(
        LinearModel model, int classCount, Dataset data, IReadOnlyList<string>? labels, Func<ReadOnlySpan<double>, int> predict)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.FeatureCount != model.FeatureCount || data.TargetCount != 1)
        {
            string actualShape = FormattableString.Invariant($"{data.FeatureCount} features and {data.TargetCount} targets");
            throw new ArgumentException(
                FormattableString.Invariant($"data has {actualShape}: it must have {model.FeatureCount} and one, the class."),
                nameof(data));
        }

        labels ??= [.. Enumerable.Range(0, classCount).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        if (labels.Count != classCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"There are {labels.Count} labels for {classCount} classes: each class needs one."),
                nameof(labels));
        }

        int[] actual = new int[data.SampleCount], predicted = new int[data.SampleCount];
        for (int i = 0; i < data.SampleCount; i++)
        {
            double target = data.Targets(i)[0];
            if (!(target >= 0 && target < classCount && target == Math.Floor(target)))
            {
                string place = FormattableString.Invariant($"Row {i}, target '{data.TargetNames[0]}'");
                throw new ArgumentException(
                    FormattableString.Invariant($"{place} is {target}: it must be a class from 0 to {classCount - 1}."), nameof(data));
            }

            (actual[i], predicted[i]) = ((int)target, predict(data.Features(i)));
        }

        return ConfusionMatrix(labels, actual, predicted);
    }

    private static string[] StringsOf<TLabel>(Classifier<TLabel> classifier) where TLabel : notnull =>
        [.. classifier.Labels.Select(label => Convert.ToString(label, CultureInfo.InvariantCulture) ?? "")];
}

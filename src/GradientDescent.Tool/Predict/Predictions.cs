using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The prediction for one row.</summary>
/// <param name="Number">The predicted number, or the class.</param>
/// <param name="Probabilities">The probability of each class; empty for a regression.</param>
/// <param name="Problem">Why the row has no prediction, or <see langword="null"/>.</param>
/// <param name="Interval">The interval of a new sample, or <see langword="null"/>.</param>
internal readonly record struct Prediction(
    double Number, ImmutableArray<double> Probabilities, string? Problem = null, (double Lower, double Upper)? Interval = null);

/// <summary>The predictions for the rows of a file.</summary>
/// <param name="Labels">The labels of the classes; empty for a regression.</param>
/// <param name="Rows">The prediction for each row of the file.</param>
/// <param name="Ignored">The columns of the file that the model does not use.</param>
internal sealed record Predictions(ImmutableArray<string> Labels, ImmutableArray<Prediction> Rows, ImmutableArray<string> Ignored)
{
    /// <summary>Predicts the rows of a CSV file.</summary>
    /// <param name="file">The model.</param>
    /// <param name="table">The file.</param>
    /// <param name="allowsBadRows">Whether rows with a field that is not valid are allowed; they have no prediction.</param>
    /// <param name="level">The probability of the intervals; <see langword="null"/> for predictions without intervals.</param>
    /// <exception cref="InvalidDataException">
    /// A column is missing, a field is not valid, the model has more than one target or no intervals, or a prediction is not a finite
    /// number.
    /// </exception>
    public static Predictions Of(ModelFile file, CsvTable table, bool allowsBadRows, double? level)
    {
        Check(file, level);
        ImmutableArray<string?> problems = [];
        Dataset samples = allowsBadRows
            ? Dataset.ForPrediction(table, file.Encoding, out problems)
            : Dataset.ForPrediction(table, file.Encoding);
        IEnumerable<Prediction> rows = RowsOf(file, samples, level)
            .Select((row, i) => allowsBadRows && problems[i] is { } problem ? new(double.NaN, [], problem) : row);
        return new(LabelsOf(file), [.. rows], table.Without([.. file.Encoding.Columns.Select(column => column.Name)]).Headers);
    }

    /// <summary>Predicts the samples of a file of numbers.</summary>
    /// <param name="file">The model.</param>
    /// <param name="data">The samples, with the features of the model.</param>
    /// <param name="level">The probability of the intervals; <see langword="null"/> for predictions without intervals.</param>
    /// <exception cref="InvalidDataException">
    /// The model has more than one target or no intervals, or a prediction is not a finite number.
    /// </exception>
    public static Predictions Of(ModelFile file, Dataset data, double? level)
    {
        Check(file, level);
        return new(LabelsOf(file), [.. RowsOf(file, data, level)], []);
    }

    // The models read sparse samples without their zeros.
    private static IEnumerable<Prediction> RowsOf(ModelFile file, Dataset data, double? level) => file.Model switch
    {
        LogisticRegression logistic => logistic.PredictAll(data).Zip(
            logistic.PredictProbabilities(data), (isOne, probability) => new Prediction(isOne ? 1 : 0, [1 - probability, probability])),
        SoftmaxRegression softmax => softmax.PredictAll(data).Zip(
            softmax.PredictProbabilities(data), (own, probabilities) => new Prediction(own, probabilities)),
        LinearRegression linear when level is null => linear.PredictAll(data).Select(number => OfNumber(number)),
        _ => Enumerable.Range(0, data.SampleCount).Select(i => Of(file, data.Features(i), level)),
    };

    private static ImmutableArray<string> LabelsOf(ModelFile file) => file.Model.Task == ModelTask.Regression || !file.Labels.IsEmpty
        ? file.Labels
        : [.. Enumerable.Range(0, Math.Max(file.Model.OutputCount, 2)).Select(k => NumberText.Count(k))];

    private static void Check(ModelFile file, double? level)
    {
        bool isRegression = file.Model.Task == ModelTask.Regression;
        if (isRegression && file.Model.OutputCount > 1)
            throw new InvalidDataException($"The model predicts {file.Model.OutputCount} targets: gd predict needs a model of one target.");
        if (level is not null && !file.HasIntervals)
        {
            throw new InvalidDataException(!isRegression
                ? "--interval needs a model that predicts a number: this one predicts classes. --probabilities writes their probabilities."
                : "The model file has no intervals, which --interval needs. gd fit saves them with a linear model without --optimizer and "
                    + "--penalty, if there are more samples than coefficients.");
        }
    }

    private static Prediction Of(ModelFile file, ReadOnlySpan<double> row, double? level) => file.Model switch
    {
        FeedForwardNetwork { Task: not ModelTask.Regression } network => new(network.PredictClass(row), network.PredictProbability(row)),
        _ => OfNumber(file.Model.Scores(row)[0], level is { } known ? file.PredictInterval(row, known).PredictionInterval : null),
    };

    private static Prediction OfNumber(double number, (double Lower, double Upper)? interval = null) => double.IsFinite(number)
        ? new(number, [], Interval: interval)
        : throw new InvalidDataException("A prediction is too large for a double: are the units the same as in the fit?");
}

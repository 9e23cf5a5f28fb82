using System.Collections.Immutable;

namespace GradientDescent;

public sealed partial class LogisticRegression
{
    private static readonly ClassIndex<bool> _classes = new([false, true]);

    /// <summary>
    /// Fits a logistic regression of one feature by maximum likelihood. The data need not be scaled, and no options are required.
    /// </summary>
    /// <inheritdoc cref="Fit(double[][], bool[], bool, IPenalty?, CancellationToken)"/>
    /// <param name="x">The feature of each sample.</param>
    /// <param name="labels">Whether each sample is of class 1; both classes must occur.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    public static LogisticFit Fit(double[] x, bool[] labels, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default) =>
        FitLabels(Guard.NotNull(x).Length, labels, targets => Dataset.From(x, targets), intercept, penalty, cancellationToken);

    /// <summary>Fits a logistic regression by maximum likelihood. The data need not be scaled, and no options are required.</summary>
    /// <inheritdoc cref="Fit(Dataset, bool, IPenalty?, CancellationToken)"/>
    /// <param name="rows">The features, one row for each sample.</param>
    /// <param name="labels">Whether each sample is of class 1; both classes must occur.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// There is no data, the counts differ, a number is not finite, all labels are equal, or a coefficient is too large for a double in
    /// these units. The message states the cause.
    /// </exception>
    /// <example><code>
    /// var passed = LogisticRegression.Fit([[1.0], [2], [3], [4]], [false, true, false, true]);
    /// Console.WriteLine($"{passed.PredictProbability(5):F2}");   // 0.91
    /// </code></example>
    public static LogisticFit Fit(double[][] rows, bool[] labels, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default) =>
        FitLabels(Guard.NotNull(rows).Length, labels, targets => Dataset.From(rows, targets), intercept, penalty, cancellationToken);

    /// <summary>Fits a logistic regression by maximum likelihood. The data need not be scaled, and no options are required.</summary>
    /// <remarks>
    /// Features are standardised and decorrelated (<see cref="FeatureScaling.Decorrelate"/>). In these coordinates the curvature at the
    /// start is the same in every direction, so <see cref="LBFGS"/> needs few steps. With a penalty on absolute values, or with bounds,
    /// features are standardised only; so are wide data whose features are nearly uncorrelated, or for which few steps with an L2 penalty
    /// are enough. <see cref="FitMethod.Scaling"/> of the model's method says which it was. The run ends with <see
    /// cref="StopReason.Converged"/> where the gradient is a billionth of its standard error, or as small as rounding allows. If a
    /// hyperplane separates the classes, with or without samples on it, there is no minimum without a penalty: the weights grow without
    /// bound. The run then ends with <see cref="StopReason.Separable"/>; if no sample is on the hyperplane, it ends as soon as the loss
    /// proves the separation. In this case all numbers are finite, but the size of the weights has no meaning; a penalty gives them one.
    /// </remarks>
    /// <param name="data">The samples. Their only target is 0 or 1; both must occur with a weight greater than 0.</param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// A target is not a valid class (the message lists the targets), or a coefficient is too large for a double in these units.
    /// </exception>
    public static LogisticFit Fit(Dataset data, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ClassifierFitting.RequireClasses(data, classCount: 2);
        return FitChecked(data, intercept, penalty, cancellationToken);
    }

    /// <summary>
    /// Fits a logistic regression to a table by maximum likelihood. The classes are the two different strings of one column.
    /// </summary>
    /// <inheritdoc cref="Fit(Dataset, bool, IPenalty?, CancellationToken)"/>
    /// <param name="table">The samples.</param>
    /// <param name="encoding">
    /// The encoding that makes the features from the other columns of the table; it is kept in the fit and saved with the model.
    /// </param>
    /// <param name="target">The name of the column with the labels: two different strings, none missing.</param>
    /// <param name="positive">
    /// The label whose probability the model gives. With <see langword="null"/>, it is the larger of two numbers, and the one of two words
    /// that is yes, y, true, t, 1, positive or pos, or the opposite of no, n, false, f, 0, negative or neg (in any case); otherwise the
    /// second one in ordinal order. <see cref="LogisticFit.Labels"/> contains it last.
    /// </param>
    /// <param name="intercept">Whether the model has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="InvalidDataException">
    /// A column is not in the table, a field cannot be used, or the labels are not two. The message names source, line and column.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The target is also a feature column, the positive label does not occur, or a coefficient is too large for a double in these units.
    /// </exception>
    /// <example><code>
    /// File.WriteAllText("exam.csv", "hours,passed\n1,no\n2,no\n3,yes\n4,no\n5,yes\n6,yes\n");
    /// CsvTable table = CsvTable.Read("exam.csv");
    /// LogisticFit passed = LogisticRegression.Fit(table, FeatureEncoding.From(table.Without("passed")), target: "passed");
    /// Console.WriteLine($"{passed.Labels[1]} {passed.PredictProbability(6):F2}");   // yes 0.95
    /// </code></example>
    public static LogisticFit Fit(
        CsvTable table,
        FeatureEncoding encoding,
        string target,
        string? positive = null,
        bool intercept = true,
        IPenalty? penalty = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ImmutableArray<string> labels = [];
        Dataset data = Dataset.From(table, encoding, target, name =>
        {
            labels = TwoLabels(table, name, positive);
            return [.. table.Column(name).Select(label => label == labels[1] ? 1.0 : 0)];
        });
        ClassifierFitting.RequireClasses(data, classCount: 2);
        return FitChecked(data, intercept, penalty, cancellationToken, labels);
    }

    /// <summary>Returns the two labels of a column, the positive one last.</summary>
    private static ImmutableArray<string> TwoLabels(CsvTable table, string target, string? positive)
    {
        ImmutableArray<string> fields = table.Column(target);
        if (fields.FirstOrDefault(table.IsMissing) is { } missing)
            throw table.ErrorAt(fields.IndexOf(missing), target, $"{table.Fields.Objection(missing)}.");
        string[] labels = [.. fields.Distinct().Order(StringComparer.Ordinal)];
        if (labels.Length != 2)
        {
            string shown = Format.List(labels.Select(FieldText.Shown));
            throw new InvalidDataException(
                Format.Text($"{table.Source}, column '{target}' has {Format.Count(labels.Length, "label")} ({shown}): two are needed."));
        }

        double?[] numbers = Array.ConvertAll(labels, table.NumberOf);
        int index = positive is not null ? Array.IndexOf(labels, FieldText.Level(positive))
            : numbers is [{ } first, { } second] ? (first > second ? 0 : 1)
            : PositiveLabel.IndexIn(labels);
        return index < 0
            ? throw Guard.Invalid(nameof(positive), $"positive is '{positive}': it must be '{labels[0]}' or '{labels[1]}'.")
            : [labels[1 - index], labels[index]];
    }

    private static LogisticFit FitLabels(
        int rowCount, bool[] labels, Func<double[], Dataset> dataOf, bool intercept, IPenalty? penalty, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Dataset data = dataOf(_classes.TargetsOf(labels, rowCount));
        if (!labels.Contains(true) || !labels.Contains(false))
            throw Guard.Invalid(nameof(labels), $"All {labels.Length} labels are {labels[0]}: both False and True must occur.");
        return FitChecked(data, intercept, penalty, cancellationToken);
    }

    private static LogisticFit FitChecked(
        Dataset data, bool intercept, IPenalty? penalty, CancellationToken cancellationToken, ImmutableArray<string> labels = default)
    {
        var model = new LogisticRegression(intercept);
        TrainingResult result = ClassifierFitting.Run(model, data, penalty, NameOf, cancellationToken);
        return new LogisticFit(model, result, data, penalty is not null) { Labels = labels.IsDefault ? [] : labels };

        string NameOf(int k) => labels.IsDefault ? Format.Text($"{k}") : $"'{labels[k]}'";
    }
}

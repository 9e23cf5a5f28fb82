using System.Collections.Immutable;

namespace GradientDescent;

public sealed partial class SoftmaxRegression
{
    /// <summary>
    /// Fits a softmax regression of one feature by maximum likelihood. The data need not be scaled, and no options are required.
    /// </summary>
    /// <inheritdoc cref="Fit{TLabel}(double[][], IReadOnlyList{TLabel}, bool, IPenalty?, CancellationToken)"/>
    /// <param name="x">The feature of each sample.</param>
    /// <param name="labels">
    /// The class of each sample: strings, numbers, members of an enumeration, or other values; at least two different labels.
    /// </param>
    /// <param name="intercept">Whether each class has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    public static ClassifierFit<TLabel> Fit<TLabel>(
        double[] x, IReadOnlyList<TLabel> labels, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default)
        where TLabel : notnull =>
        FitLabels(Guard.NotNull(x).Length, labels, targets => Dataset.From(x, targets), intercept, penalty, cancellationToken);

    /// <summary>Fits a softmax regression by maximum likelihood. The data need not be scaled, and no options are required.</summary>
    /// <inheritdoc cref="Fit(Dataset, bool, IPenalty?, CancellationToken)"/>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="rows">The features, one row for each sample.</param>
    /// <param name="labels">
    /// The class of each sample: strings, numbers, members of an enumeration, or other values; at least two different labels.
    /// </param>
    /// <param name="intercept">Whether each class has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// There is no data, the counts differ, a number is not finite, all labels are equal, or a coefficient is too large for a double in
    /// these units. The message states the cause.
    /// </exception>
    /// <example><code>
    /// var animal = SoftmaxRegression.Fit([[4.0], [5], [30], [40]], ["cat", "cat", "dog", "dog"]);
    /// Console.WriteLine(animal.Predict(35));   // dog
    /// </code></example>
    public static ClassifierFit<TLabel> Fit<TLabel>(
        double[][] rows, IReadOnlyList<TLabel> labels, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default)
        where TLabel : notnull =>
        FitLabels(Guard.NotNull(rows).Length, labels, targets => Dataset.From(rows, targets), intercept, penalty, cancellationToken);

    /// <summary>
    /// Fits a softmax regression by maximum likelihood. The labels are the class indices. The data need not be scaled, and no options are
    /// required.
    /// </summary>
    /// <remarks>
    /// The method is that of <see cref="LogisticRegression.Fit(Dataset, bool, IPenalty?, CancellationToken)"/>. If the same numbers are
    /// added to the weights of every class, no probability changes; training starts at zero, so the sum of the weights over the classes
    /// is 0. Separable classes are handled in the same way, even if only one class can be separated from the others.
    /// </remarks>
    /// <param name="data">
    /// The samples. Their only target is the class: 0, 1, 2, …, and each class occurs with a weight greater than 0.
    /// </param>
    /// <param name="intercept">Whether each class has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// A target is not a valid class (the message lists the targets), or a coefficient is too large for a double in these units.
    /// </exception>
    public static ClassifierFit<int> Fit(Dataset data, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        int classes = ClassifierFitting.RequireClasses(data);
        return FitChecked<int>(data, [.. Enumerable.Range(0, classes)], intercept, penalty, cancellationToken);
    }

    /// <summary>Fits a softmax regression by maximum likelihood. The data need not be scaled, and no options are required.</summary>
    /// <inheritdoc cref="Fit(Dataset, bool, IPenalty?, CancellationToken)"/>
    /// <typeparam name="TLabel">The type of the labels.</typeparam>
    /// <param name="data">
    /// The samples. Their only target is the class: 0, 1, 2, …, and each class occurs with a weight greater than 0.
    /// </param>
    /// <param name="labels">The labels of the classes 0, 1, 2, …, all different.</param>
    /// <param name="intercept">Whether each class has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="ArgumentException">
    /// A target is not a valid class (the message lists the targets), two labels are equal, or a coefficient is too large for a double in
    /// these units.
    /// </exception>
    public static ClassifierFit<TLabel> Fit<TLabel>(
        Dataset data, IReadOnlyList<TLabel> labels, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default)
        where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(labels);
        var classes = new ClassIndex<TLabel>(labels);
        ClassifierFitting.RequireClasses(data, labels.Count);
        return FitChecked(data, classes.Labels, intercept, penalty, cancellationToken);
    }

    /// <summary>Fits a softmax regression to a table by maximum likelihood. The labels are the strings of one column.</summary>
    /// <inheritdoc cref="Fit(Dataset, bool, IPenalty?, CancellationToken)"/>
    /// <param name="table">The samples.</param>
    /// <param name="encoding">
    /// The encoding that makes the features from the other columns of the table; it is kept in the fit and saved with the model.
    /// </param>
    /// <param name="target">The name of the column with the labels: at least two different labels, none missing.</param>
    /// <param name="intercept">Whether each class has an intercept.</param>
    /// <param name="penalty">The regularization of the weights in their units, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">A token that ends the run between two steps; the result so far is returned.</param>
    /// <exception cref="InvalidDataException">
    /// A column is not in the table, or a field cannot be used. The message names source, line and column.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The target is also a feature column, a label has no sample with a weight greater than 0, or a coefficient is too large for a double
    /// in these units.
    /// </exception>
    public static ClassifierFit<string> Fit(
        CsvTable table, FeatureEncoding encoding, string target, bool intercept = true, IPenalty? penalty = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ClassIndex<string>? classes = null;
        Dataset data = Dataset.From(table, encoding, target, name =>
        {
            ImmutableArray<string> labels = table.Column(name);
            if (labels.FirstOrDefault(table.IsMissing) is { } missing)
                throw table.ErrorAt(labels.IndexOf(missing), name, $"{table.Fields.Objection(missing)}.");
            classes = ClassIndex<string>.Of(labels);
            if (classes.Labels.Length == 1)
            {
                string only = FieldText.Shown(labels[0]);
                throw new InvalidDataException(
                    $"{table.Source}, column '{name}' is {only} everywhere: at least two different labels must occur.");
            }

            return [.. classes.TargetsOf(labels, labels.Length)];
        });
        ClassifierFitting.RequireClasses(data, classes!.Labels.Length);
        return FitChecked(data, classes.Labels, intercept, penalty, cancellationToken);
    }

    private static ClassifierFit<TLabel> FitLabels<TLabel>(
        int rowCount,
        IReadOnlyList<TLabel> labels,
        Func<double[], Dataset> dataOf,
        bool intercept,
        IPenalty? penalty,
        CancellationToken cancellationToken)
        where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(labels);
        ClassIndex<TLabel> classes = ClassIndex<TLabel>.Of(labels);
        Dataset data = dataOf(classes.TargetsOf(labels, rowCount));
        if (classes.Labels.Length == 1)
            throw Guard.Invalid(
                nameof(labels), $"All {labels.Count} labels are {classes.Labels[0]}: at least two different ones must occur.");
        return FitChecked(data, classes.Labels, intercept, penalty, cancellationToken);
    }

    private static ClassifierFit<TLabel> FitChecked<TLabel>(
        Dataset data, ImmutableArray<TLabel> labels, bool intercept, IPenalty? penalty, CancellationToken cancellationToken)
        where TLabel : notnull
    {
        var model = new SoftmaxRegression(labels.Length, intercept);
        TrainingResult result = ClassifierFitting.Run(model, data, penalty, NameOf, cancellationToken);
        return new ClassifierFit<TLabel>(model, labels, data, result, penalty is not null);

        string NameOf(int k) => labels[k] is string text ? $"'{text}'" : Format.Text($"{labels[k]}");
    }
}

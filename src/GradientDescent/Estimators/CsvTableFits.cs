using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Fits to a table whose labels are texts, called as <c>SoftmaxRegression.Fit(table, encoding, "species")</c>.</summary>
public static class CsvTableFits
{
    extension(SoftmaxRegression)
    {
        /// <summary>The most likely classifier, whose labels are the texts of a column; no options. See <see cref="SoftmaxRegressionExtensions"/>.</summary>
        /// <param name="table">The samples.</param>
        /// <param name="encoding">Makes the features of the table's other columns; the fit keeps it, and saves it with the model.</param>
        /// <param name="target">Name of the column with the labels: at least two different ones, none missing.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="InvalidDataException">A column is not in the table, or a field cannot be used; the message names source, line and column.</exception>
        /// <exception cref="ArgumentException">The target is one of the columns that features are made of, no sample of a label has weight, or a coefficient is too large for a double in these units.</exception>
        public static ClassifierFit<string> Fit(CsvTable table, FeatureEncoding encoding, string target, bool intercept = true, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(table);
            ClassIndex<string>? classes = null;
            Dataset data = Dataset.From(table, encoding, target, name =>
            {
                ImmutableArray<string> labels = table.Column(name);
                if (labels.FirstOrDefault(CsvTable.IsMissing) is { } missing)
                    throw table.ErrorAt(labels.IndexOf(missing), name, "the value is missing.");
                classes = ClassIndex<string>.Of(labels);
                if (classes.Labels.Length == 1)
                    throw new InvalidDataException($"{table.Source}, column '{name}' is {FieldText.Shown(labels[0])} everywhere: at least two different labels must occur.");
                return [.. classes.TargetsOf(labels, labels.Length)];
            });
            ClassifierFitting.RequireClasses(data, classes!.Labels.Length);
            return SoftmaxRegressionExtensions.FitChecked(data, classes.Labels, intercept, cancellationToken);
        }
    }
}

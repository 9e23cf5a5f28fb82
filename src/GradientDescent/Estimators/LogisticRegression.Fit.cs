namespace GradientDescent;

/// <summary>Logistic regression in one call: <c>LogisticRegression.Fit(rows, labels)</c>; and from a file.</summary>
/// <remarks>
/// The method, without a penalty: features are standardised and decorrelated (<see cref="FeatureScaling.Decorrelate"/>). In these coordinates cross-entropy curves by at most ¼ in every direction, so
/// Nesterov's accelerated gradient on all samples at a rate just below 4, its momentum started anew whenever it points uphill, converges for any data that has a
/// minimum. The run ends as <see cref="StopReason.Converged"/> at a gradient norm of 1e-10, or after 10,000 updates as <see cref="StopReason.MaxSteps"/>. Where a
/// hyperplane separates the classes, with samples on it or without, there is no minimum: weights grow without bound, the more slowly the longer training goes on. The run then ends as
/// <see cref="StopReason.Separable"/>, as soon as the loss proves the separation where no sample is on the hyperplane; all numbers are finite, and how large the weights are says nothing.
/// </remarks>
public static class LogisticRegressionExtensions
{
    private const double Curvature = 0.25;

    private static readonly ClassIndex<bool> _classes = new([false, true]);

    extension(LogisticRegression)
    {
        /// <summary>The most likely logistic regression of one feature; raw numbers, no options.</summary>
        /// <inheritdoc cref="Fit(double[][], bool[], bool, CancellationToken)"/>
        /// <param name="x">One feature a sample.</param>
        /// <param name="labels">Whether each sample is of class 1; both must occur.</param>
        /// <param name="intercept">Whether there is an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        public static LogisticFit Fit(double[] x, bool[] labels, bool intercept = true, CancellationToken cancellationToken = default) =>
            FitLabels(Guard.NotNull(x).Length, labels, targets => Dataset.From(x, targets), intercept, cancellationToken);

        /// <summary>The most likely logistic regression; raw numbers, no options.</summary>
        /// <param name="rows">One row of features a sample.</param>
        /// <param name="labels">Whether each sample is of class 1; both must occur.</param>
        /// <param name="intercept">Whether there is an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">There is no data, counts differ, a number is not finite, all labels are equal, or a coefficient is too large for a double in these units; the
        /// message names what it is.</exception>
        /// <example><code>
        /// var passed = LogisticRegression.Fit([[1.0], [2], [3], [4]], [false, true, false, true]);
        /// Console.WriteLine($"{passed.PredictProbability(5):F2}");   // 0.91
        /// </code></example>
        public static LogisticFit Fit(double[][] rows, bool[] labels, bool intercept = true, CancellationToken cancellationToken = default) =>
            FitLabels(Guard.NotNull(rows).Length, labels, targets => Dataset.From(rows, targets), intercept, cancellationToken);

        /// <summary>The most likely logistic regression; raw numbers, no options.</summary>
        /// <inheritdoc cref="Fit(double[][], bool[], bool, CancellationToken)"/>
        /// <param name="rows">A rectangular array: one row of features a sample.</param>
        /// <param name="labels">Whether each sample is of class 1; both must occur.</param>
        /// <param name="intercept">Whether there is an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        public static LogisticFit Fit(double[,] rows, bool[] labels, bool intercept = true, CancellationToken cancellationToken = default) =>
            FitLabels(Guard.NotNull(rows).GetLength(0), labels, targets => Dataset.From(rows, targets), intercept, cancellationToken);

        /// <summary>The most likely logistic regression; raw numbers, no options.</summary>
        /// <param name="data">Samples whose one target is 0 or 1; both must occur with weight.</param>
        /// <param name="intercept">Whether there is an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">There are other targets, listed in the message, or a coefficient is too large for a double in these units.</exception>
        public static LogisticFit Fit(Dataset data, bool intercept = true, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            ClassifierFitting.RequireClasses(data, classCount: 2);
            return FitChecked(data, intercept, cancellationToken);
        }

        /// <summary>Reads a model from a file; <see cref="ModelFile"/> says more about it.</summary>
        /// <param name="path">What <c>Save</c> has written.</param>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="ModelFormatException">The file is damaged, too large, of another version, or holds another kind of model.</exception>
        public static LogisticRegression Load(string path) => ModelFile.Read(path, file => file.Require<LogisticRegression>());

        /// <summary>Reads a model from a stream.</summary>
        /// <param name="stream">What <c>Save</c> has written, up to the stream's end; left open.</param>
        /// <exception cref="ModelFormatException">The bytes are damaged, too many, of another version, or hold another kind of model.</exception>
        public static LogisticRegression Load(Stream stream) => ModelFile.Read(stream).Require<LogisticRegression>();
    }

    private static LogisticFit FitLabels(int rowCount, bool[] labels, Func<double[], Dataset> dataOf, bool intercept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Dataset data = dataOf(_classes.TargetsOf(labels, rowCount));
        if (!labels.Contains(true) || !labels.Contains(false))
            throw Guard.Invalid(nameof(labels), $"All {labels.Length} labels are {labels[0]}: both False and True must occur.");
        return FitChecked(data, intercept, cancellationToken);
    }

    private static LogisticFit FitChecked(Dataset data, bool intercept, CancellationToken cancellationToken)
    {
        var model = new LogisticRegression(intercept);
        return new LogisticFit(model, ClassifierFitting.Run(model, data, Curvature, k => Format.Text($"{k}"), cancellationToken), data);
    }
}

using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>Softmax regression in one call, for labels of any type: <c>SoftmaxRegression.Fit(rows, labels)</c>; and from a file.</summary>
/// <remarks>
/// The method is that of <see cref="LogisticRegressionExtensions"/> at a rate just below 2, because cross-entropy of a softmax curves by at most ½. Adding the same numbers to the weights of every
/// class changes no probability; training starts at zero, so those are found whose sum over the classes is 0. What is said there about classes that can be separated holds
/// here too, also where only one class can be separated from the others.
/// </remarks>
public static class SoftmaxRegressionExtensions
{
    private const double Curvature = 0.5;

    extension(SoftmaxRegression)
    {
        /// <summary>The most likely classifier by one feature; raw numbers, no options.</summary>
        /// <inheritdoc cref="Fit{TLabel}(double[][], IReadOnlyList{TLabel}, bool, CancellationToken)"/>
        /// <param name="x">One feature a sample.</param>
        /// <param name="labels">The class of each sample: texts, numbers, members of an enumeration, anything that can be compared; at least two different ones.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        public static ClassifierFit<TLabel> Fit<TLabel>(double[] x, IReadOnlyList<TLabel> labels, bool intercept = true, CancellationToken cancellationToken = default)
            where TLabel : notnull => FitLabels(Guard.NotNull(x).Length, labels, targets => Dataset.From(x, targets), intercept, cancellationToken);

        /// <summary>The most likely classifier; raw numbers, no options.</summary>
        /// <param name="rows">One row of features a sample.</param>
        /// <param name="labels">The class of each sample: texts, numbers, members of an enumeration, anything that can be compared; at least two different ones.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">There is no data, counts differ, a number is not finite, all labels are equal, or a coefficient is too large for a double in these units; the
        /// message names what it is.</exception>
        /// <example><code>
        /// var animal = SoftmaxRegression.Fit([[4.0], [5], [30], [40]], ["cat", "cat", "dog", "dog"]);
        /// Console.WriteLine(animal.Predict(35));   // dog
        /// </code></example>
        public static ClassifierFit<TLabel> Fit<TLabel>(double[][] rows, IReadOnlyList<TLabel> labels, bool intercept = true, CancellationToken cancellationToken = default)
            where TLabel : notnull => FitLabels(Guard.NotNull(rows).Length, labels, targets => Dataset.From(rows, targets), intercept, cancellationToken);

        /// <summary>The most likely classifier; raw numbers, no options.</summary>
        /// <inheritdoc cref="Fit{TLabel}(double[][], IReadOnlyList{TLabel}, bool, CancellationToken)"/>
        /// <param name="rows">A rectangular array: one row of features a sample.</param>
        /// <param name="labels">The class of each sample: texts, numbers, members of an enumeration, anything that can be compared; at least two different ones.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        public static ClassifierFit<TLabel> Fit<TLabel>(double[,] rows, IReadOnlyList<TLabel> labels, bool intercept = true, CancellationToken cancellationToken = default)
            where TLabel : notnull => FitLabels(Guard.NotNull(rows).GetLength(0), labels, targets => Dataset.From(rows, targets), intercept, cancellationToken);

        /// <summary>The most likely classifier; raw numbers, no options.</summary>
        /// <param name="data">Samples whose one target is the class: 0, 1, 2, …, each occurring with weight.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">There are other targets, listed in the message, or a coefficient is too large for a double in these units.</exception>
        public static ClassifierFit<int> Fit(Dataset data, bool intercept = true, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(data);
            int classes = ClassifierFitting.RequireClasses(data);
            return FitChecked<int>(data, [.. Enumerable.Range(0, classes)], intercept, cancellationToken);
        }

        /// <summary>The most likely classifier; raw numbers, no options.</summary>
        /// <param name="data">Samples whose one target is the class: 0, 1, 2, …, each occurring with weight.</param>
        /// <param name="labels">What the classes 0, 1, 2, … are called: a label for each, all different.</param>
        /// <param name="intercept">Whether each class has an intercept.</param>
        /// <param name="cancellationToken">Ends the run between two updates; what was found is returned.</param>
        /// <exception cref="ArgumentException">There are other targets, listed in the message, two labels are equal, or a coefficient is too large for a double in these units.</exception>
        public static ClassifierFit<TLabel> Fit<TLabel>(Dataset data, IReadOnlyList<TLabel> labels, bool intercept = true, CancellationToken cancellationToken = default) where TLabel : notnull
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(labels);
            var classes = new ClassIndex<TLabel>(labels);
            ClassifierFitting.RequireClasses(data, labels.Count);
            return FitChecked(data, classes.Labels, intercept, cancellationToken);
        }

        /// <summary>Reads a model from a file, without its labels; <see cref="ModelFile"/> says more about it.</summary>
        /// <param name="path">What <c>Save</c> has written.</param>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="ModelFormatException">The file is damaged, too large, of another version, or holds another kind of model.</exception>
        public static SoftmaxRegression Load(string path) => ModelFile.Read(path, file => file.Require<SoftmaxRegression>());

        /// <summary>Reads a model from a stream, without its labels.</summary>
        /// <param name="stream">What <c>Save</c> has written, up to the stream's end; left open.</param>
        /// <exception cref="ModelFormatException">The bytes are damaged, too many, of another version, or hold another kind of model.</exception>
        public static SoftmaxRegression Load(Stream stream) => ModelFile.Read(stream).Require<SoftmaxRegression>();

        /// <summary>Reads a classifier with its labels from a file.</summary>
        /// <typeparam name="TLabel"><see langword="string"/>, <see langword="int"/> or an enumeration, as in the classifier that was saved.</typeparam>
        /// <param name="path">What <see cref="Classifier{TLabel}.Save(string)"/> has written.</param>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="ModelFormatException">The file is damaged, too large, of another version, or holds another kind of model or labels of another type.</exception>
        public static Classifier<TLabel> Load<TLabel>(string path) where TLabel : notnull => ModelFile.Read(path, file => file.ToClassifier<TLabel>());

        /// <summary>Reads a classifier with its labels from a stream.</summary>
        /// <typeparam name="TLabel"><see langword="string"/>, <see langword="int"/> or an enumeration, as in the classifier that was saved.</typeparam>
        /// <param name="stream">What <see cref="Classifier{TLabel}.Save(Stream)"/> has written, up to the stream's end; left open.</param>
        /// <exception cref="ModelFormatException">The bytes are damaged, too many, of another version, or hold another kind of model or labels of another type.</exception>
        public static Classifier<TLabel> Load<TLabel>(Stream stream) where TLabel : notnull => ModelFile.Read(stream).ToClassifier<TLabel>();
    }

    private static ClassifierFit<TLabel> FitLabels<TLabel>(
        int rowCount, IReadOnlyList<TLabel> labels, Func<double[], Dataset> dataOf, bool intercept, CancellationToken cancellationToken) where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(labels);
        ClassIndex<TLabel> classes = ClassIndex<TLabel>.Of(labels);
        Dataset data = dataOf(classes.TargetsOf(labels, rowCount));
        if (classes.Labels.Length == 1)
            throw Guard.Invalid(nameof(labels), $"All {labels.Count} labels are {classes.Labels[0]}: at least two different ones must occur.");
        return FitChecked(data, classes.Labels, intercept, cancellationToken);
    }

    internal static ClassifierFit<TLabel> FitChecked<TLabel>(Dataset data, ImmutableArray<TLabel> labels, bool intercept, CancellationToken cancellationToken)
        where TLabel : notnull
    {
        var model = new SoftmaxRegression(labels.Length, intercept);
        TrainingResult result = ClassifierFitting.Run(model, data, Curvature, k => labels[k] is string text ? $"'{text}'" : Format.Text($"{labels[k]}"), cancellationToken);
        return new ClassifierFit<TLabel>(model, labels, data, result);
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>Creates a data set of samples with one feature and one target.</summary>
    /// <param name="features">The n features, finite numbers.</param>
    /// <param name="targets">The n targets, finite numbers.</param>
    /// <param name="weights">
    /// n finite weights of at least 0, not all of them 0; <see langword="null"/>: every sample has the weight 1.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There is no data, lengths differ, or a number is not finite. The message names the row of such a number.
    /// </exception>
    public static Dataset From(double[] features, double[] targets, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        return From(features, 1, targets, weights);
    }

    /// <summary>Creates a data set of samples with a row of features and one target.</summary>
    /// <inheritdoc cref="From(double[][], double[][], double[], IReadOnlyList{string}, IReadOnlyList{string})"/>
    /// <example><code>
    /// var houses = Dataset.From([[120, 4], [80, 3], [95, 3]], [310_000, 205_000, 240_000]);
    /// </code></example>
    public static Dataset From(double[][] features, double[] targets, double[]? weights = null, IReadOnlyList<string>? featureNames = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        return Build(features.Length, i => features[i], i => targets.AsSpan(i, 1), targets.Length, weights, featureNames, null);
    }

    /// <summary>Creates a data set of samples with a row of features and a row of targets.</summary>
    /// <param name="features">The n rows of d features, finite numbers.</param>
    /// <param name="targets">The n targets, or n rows of targets, finite numbers.</param>
    /// <param name="weights">
    /// n finite weights of at least 0, not all of them 0; <see langword="null"/>: every sample has the weight 1.
    /// </param>
    /// <param name="featureNames">d names; <see langword="null"/>: x1, x2, … (x for a single feature).</param>
    /// <param name="targetNames">The names of the targets; <see langword="null"/>: y1, y2, … (y for a single target).</param>
    /// <exception cref="ArgumentException">There is no data, lengths differ, or a number is not finite;
    /// the message names row and column.</exception>
    public static Dataset From(
        double[][] features,
        double[][] targets,
        double[]? weights = null,
        IReadOnlyList<string>? featureNames = null,
        IReadOnlyList<string>? targetNames = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        return Build(features.Length, i => features[i], i => targets[i], targets.Length, weights, featureNames, targetNames);
    }

    /// <summary>Creates a data set of samples with one target. Each row of a rectangular array contains the features of a sample.</summary>
    /// <inheritdoc cref="From(double[][], double[][], double[], IReadOnlyList{string}, IReadOnlyList{string})"/>
    public static Dataset From(double[,] features, double[] targets, double[]? weights = null, IReadOnlyList<string>? featureNames = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        int columns = features.GetLength(1);
        double[] row = new double[columns];
        return Build(features.GetLength(0), Row, i => targets.AsSpan(i, 1), targets.Length, weights, featureNames, null);

        ReadOnlySpan<double> Row(int sample)
        {
            for (int j = 0; j < columns; j++)
                row[j] = features[sample, j];
            return row;
        }
    }

    /// <summary>
    /// Creates a data set of samples with a row of features and one target. A flat array contains the rows one after another.
    /// </summary>
    /// <inheritdoc cref="From(double[][], double[][], double[], IReadOnlyList{string}, IReadOnlyList{string})"/>
    /// <param name="features">The n·d features, row by row, finite numbers.</param>
    /// <param name="featureCount">The number d of features in a row, at least 1.</param>
    /// <param name="targets">The n targets, finite numbers.</param>
    /// <param name="weights">
    /// n finite weights of at least 0, not all of them 0; <see langword="null"/>: every sample has the weight 1.
    /// </param>
    /// <param name="featureNames">d names; <see langword="null"/>: x1, x2, … (x for a single feature).</param>
    /// <param name="copy">
    /// Whether the features are copied. With <see langword="false"/>, the data set reads the array itself, which takes no memory; the array
    /// must not change as long as the data set, or a fit that refers to it, is used. Results have the same bits.
    /// </param>
    public static Dataset From(
        double[] features,
        int featureCount,
        double[] targets,
        double[]? weights = null,
        IReadOnlyList<string>? featureNames = null,
        bool copy = true)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        Guard.AtLeast(featureCount, 1);
        if (features.Length % featureCount != 0)
            throw Guard.Invalid(
                nameof(features), $"features has {features.Length} numbers, which is not a whole number of rows of {featureCount}.");
        int count = features.Length / featureCount;
        DoubleStorage? shared = copy ? null : new DoubleStorage(features, featureCount);
        return Build(count, Row, i => targets.AsSpan(i, 1), targets.Length, weights, featureNames, null, shared);

        ReadOnlySpan<double> Row(int sample) => features.AsSpan(sample * featureCount, featureCount);
    }

    /// <summary>Creates a data set from objects of any type. Functions return the features, target and weight of an object.</summary>
    /// <param name="items">The objects, at least one. The sequence is enumerated once.</param>
    /// <param name="features">
    /// The function that returns the features of an item. It must return the same number of finite numbers for each item.
    /// </param>
    /// <param name="target">The function that returns the target of an item, a finite number.</param>
    /// <param name="weight">
    /// The function that returns the weight of an item, finite and at least 0; <see langword="null"/>: every sample has the weight 1.
    /// </param>
    /// <param name="featureNames">The names of the features; <see langword="null"/>: x1, x2, … (x for a single feature).</param>
    /// <exception cref="ArgumentException">There is no data, lengths differ, or a number is not finite;
    /// the message names row and column.</exception>
    /// <example><code>
    /// (double Area, int Rooms, double Price)[] houses = [(120, 4, 310_000), (80, 3, 205_000), (95, 3, 240_000)];
    /// var data = Dataset.From(houses, house => [house.Area, house.Rooms], house => house.Price, featureNames: ["area", "rooms"]);
    /// </code></example>
    public static Dataset From<T>(
        IEnumerable<T> items,
        Func<T, double[]> features,
        Func<T, double> target,
        Func<T, double>? weight = null,
        IReadOnlyList<string>? featureNames = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        T[] samples = [.. items];
        return From(
            Array.ConvertAll(samples, item => features(item)),
            Array.ConvertAll(samples, item => target(item)),
            weight is null ? null : Array.ConvertAll(samples, item => weight(item)),
            featureNames);
    }

    /// <summary>Reads a row of a sample. The row is valid until the next row is read.</summary>
    internal delegate ReadOnlySpan<double> RowReader(int sample);

    /// <summary>
    /// Checks all numbers and copies them, except features that are shared. Every data set that is created from numbers of a caller is
    /// built here.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Dataset Build(
        int sampleCount,
        RowReader featuresOf,
        RowReader targetsOf,
        int targetRows,
        double[]? weights,
        IReadOnlyList<string>? featureNames,
        IReadOnlyList<string>? targetNames,
        DoubleStorage? shared = null)
    {
        CheckCounts(sampleCount, targetRows, weights);
        var data = new Dataset(
            sampleCount,
            sampleCount == 0 ? 0 : featuresOf(0).Length,
            sampleCount == 0 ? 0 : targetsOf(0).Length,
            weights is not null,
            NumericPrecision.Double,
            featureNames is null ? default : [.. featureNames],
            targetNames is null ? default : [.. targetNames],
            shared);
        for (int i = 0; i < sampleCount; i++)
        {
            ReadOnlySpan<double> row = Checked(featuresOf(i), data.FeatureNames, i, "features");
            if (shared is null)
                data.SetFeatures(i, row);
            Checked(targetsOf(i), data.TargetNames, i, "targets").CopyTo(data.MutableTargets(i));
        }

        if (weights is not null && data._weights is not null)
            CopyWeights(weights, data._weights);
        return data;
    }

    private static void CheckCounts(int sampleCount, int targetRows, double[]? weights)
    {
        if (targetRows != sampleCount)
            throw Guard.Invalid("targets", $"There are {targetRows} targets for {sampleCount} rows of features: the counts must be equal.");
        if (weights is not null && weights.Length != sampleCount)
            throw Guard.Invalid(nameof(weights), $"There are {weights.Length} weights for {sampleCount} samples: each sample needs one.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<double> Checked(ReadOnlySpan<double> source, ImmutableArray<string> names, int row, string argument)
    {
        if (source.Length != names.Length)
            throw Guard.Invalid(
                argument, $"Row {row} of {argument} has {source.Length} numbers, row 0 has {names.Length}: all rows must be equally long.");
        bool areFinite = Reductions.AreFinite(source);
        for (int j = 0; j < source.Length && !areFinite; j++)
        {
            if (!double.IsFinite(source[j]))
                throw Guard.Invalid(argument, $"Row {row}, column {j} ('{names[j]}') of {argument} is {source[j]}: it must be finite.");
        }

        return source;
    }

    private static void CopyWeights(ReadOnlySpan<double> source, Span<double> target)
    {
        double total = 0;
        for (int i = 0; i < source.Length; i++)
        {
            if (!double.IsFinite(source[i]) || source[i] < 0)
                throw Guard.Invalid("weights", $"weights[{i}] is {source[i]}: it must be finite and at least 0.");
            total += source[i];
        }

        if (total == 0)
            throw Guard.Invalid("weights", $"All weights are 0: at least one must be greater.");
        if (!double.IsFinite(total))
            throw Guard.Invalid("weights", $"The sum of the weights is too large for a double: divide all weights by the largest one.");
        source.CopyTo(target);
    }
}

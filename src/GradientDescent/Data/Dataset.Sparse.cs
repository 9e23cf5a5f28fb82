using System.Collections.Immutable;
using System.Numerics;
using GradientDescent.Kernels;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>
    /// Creates a data set of which only the features that are not 0 are stored, from compressed rows (CSR), as SciPy and MathNet have them.
    /// </summary>
    /// <remarks>
    /// Sparse data is for documents, clicks and categories: with 50 of a million features in a row, a row takes 600 bytes instead of 8 MB.
    /// It works wherever a <see cref="Dataset"/> does. The loss, the gradient and, for most optimizers, a step of a linear model cost as
    /// much as the stored numbers (see <see cref="TrainingOptions.SparseUpdates"/>). A fit does not centre sparse features, which would
    /// make them dense. What needs whole rows, such as networks and <see cref="Features"/>, gets them with their zeros.
    /// </remarks>
    /// <param name="rowStarts">
    /// n + 1 numbers: for each row the index of its first number in <paramref name="values"/>, then the count of all numbers. The first is
    /// 0, and none is less than the one before.
    /// </param>
    /// <param name="columns">
    /// The column of each number, from 0 to <paramref name="featureCount"/> − 1, ascending within a row without repetition.
    /// </param>
    /// <param name="values">The numbers, finite. All features that are not among them are 0.</param>
    /// <param name="featureCount">The number d of features, at least 1.</param>
    /// <param name="targets">The n targets, finite numbers; for classes the index of the class.</param>
    /// <param name="weights">
    /// n finite weights of at least 0, not all of them 0; <see langword="null"/>: every sample has the weight 1.
    /// </param>
    /// <param name="featureNames">d names; <see langword="null"/>: x1, x2, … (x for a single feature).</param>
    /// <param name="copy">
    /// Whether the arrays of the rows are copied. With <see langword="false"/> they are used as they are: do not change them afterwards.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Lengths do not match, a column is out of range, repeated or not in ascending order, or a number is not finite; the message names the
    /// row. Nothing is kept.
    /// </exception>
    /// <example><code>
    /// // Rows: {0: 1, 3: 2}, {}, {3: 5}.
    /// Dataset data = Dataset.FromSparse([0, 2, 2, 3], [0, 3, 3], [1.0, 2, 5], featureCount: 4, targets: [1, 0, 2]);
    /// Console.WriteLine(data);                // 3 samples, 4 features, 3 numbers not 0, 1 target
    /// Console.WriteLine(data.Features(2)[3]);   // 5
    /// </code></example>
    public static Dataset FromSparse(
        int[] rowStarts,
        int[] columns,
        double[] values,
        int featureCount,
        double[] targets,
        double[]? weights = null,
        IReadOnlyList<string>? featureNames = null,
        bool copy = true) =>
        FromCompressedRows(rowStarts, columns, values, featureCount, targets, weights, featureNames, copy);

    /// <summary>Creates a sparse data set whose numbers are stored in float, with two thirds of the memory of double.</summary>
    /// <inheritdoc cref="FromSparse(int[], int[], double[], int, double[], double[], IReadOnlyList{string}, bool)"/>
    public static Dataset FromSparse(
        int[] rowStarts,
        int[] columns,
        float[] values,
        int featureCount,
        double[] targets,
        double[]? weights = null,
        IReadOnlyList<string>? featureNames = null,
        bool copy = true) =>
        FromCompressedRows(rowStarts, columns, values, featureCount, targets, weights, featureNames, copy);

    /// <summary>Creates a sparse data set from any sequence of items, such as words that are counted.</summary>
    /// <inheritdoc cref="FromSparse(int[], int[], double[], int, double[], double[], IReadOnlyList{string}, bool)"/>
    /// <param name="items">The items, one for each sample. They are enumerated once.</param>
    /// <param name="features">
    /// The features of an item that are not 0, in any order: for each its column, from 0 to <paramref name="featureCount"/> − 1 without
    /// repetition, and its value, a finite number.
    /// </param>
    /// <param name="target">The target of an item, a finite number.</param>
    /// <param name="featureCount">The number d of features, at least 1.</param>
    /// <param name="weight">The weight of an item; <see langword="null"/>: every item has the weight 1.</param>
    /// <param name="featureNames">d names; <see langword="null"/>: x1, x2, … (x for a single feature).</param>
    /// <example><code>
    /// (string Text, double IsSpam)[] mails = [("win money now", 1), ("see you at noon", 0), ("money money", 1)];
    /// string[] words = ["money", "noon", "win"];
    /// Dataset data = Dataset.FromSparse(
    ///     mails,
    ///     mail =&gt; mail.Text.Split(' ').CountBy(word =&gt; Array.IndexOf(words, word)).Where(count =&gt; count.Key &gt;= 0)
    ///         .Select(count =&gt; (count.Key, (double)count.Value)),
    ///     mail =&gt; mail.IsSpam,
    ///     featureCount: words.Length,
    ///     featureNames: words);
    /// Console.WriteLine(data.Features(2)[0]);   // 2
    /// </code></example>
    public static Dataset FromSparse<TItem>(
        IEnumerable<TItem> items,
        Func<TItem, IEnumerable<(int Column, double Value)>> features,
        Func<TItem, double> target,
        int featureCount,
        Func<TItem, double>? weight = null,
        IReadOnlyList<string>? featureNames = null)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        var table = new SparseTable<double>(Guard.AtLeast(featureCount, 1));
        var targets = new List<double>();
        var weights = new List<double>();
        foreach (TItem item in items)
        {
            IEnumerable<(int Column, double Value)> row = features(item)
                ?? throw Guard.Invalid(nameof(features), $"The function returned null for item {targets.Count}.");
            (int Column, double Value)[] numbers = [.. row.OrderBy(number => number.Column)];
            SparseRows.Append(table, Array.ConvertAll(numbers, number => number.Column), Array.ConvertAll(numbers, number => number.Value));
            targets.Add(target(item));
            if (weight is not null)
                weights.Add(weight(item));
        }

        table.Trim();
        return FromTable(table, [.. targets], weight is null ? null : [.. weights], featureNames);
    }

    private static Dataset FromCompressedRows<T>(
        int[] rowStarts, int[] columns, T[] values, int featureCount, double[] targets, double[]? weights,
        IReadOnlyList<string>? featureNames, bool copy)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rowStarts);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(targets);
        Guard.AtLeast(featureCount, 1);
        SparseRows.Check(rowStarts, columns, values, featureCount);
        SparseTable<T> table = copy
            ? new([.. rowStarts], [.. columns], [.. values], featureCount)
            : new(rowStarts, columns, values, featureCount);
        return FromTable(table, targets, weights, featureNames);
    }

    /// <summary>Creates a data set from a table whose rows are checked.</summary>
    internal static Dataset FromTable<T>(
        SparseTable<T> table, double[] targets, double[]? weights = null, IReadOnlyList<string>? featureNames = null,
        ImmutableArray<string> targetNames = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckCounts(table.RowCount, targets.Length, weights);
        var storage = new SparseStorage<T>(table);
        var data = new Dataset(table.RowCount, table.ColumnCount, 1, weights is not null, storage.Precision,
            featureNames is null ? default : [.. featureNames], targetNames, storage);
        for (int i = 0; i < targets.Length; i++)
            Checked(targets.AsSpan(i, 1), data.TargetNames, i, "targets").CopyTo(data.MutableTargets(i));
        if (weights is not null)
            CopyWeights(weights, data._weights);
        return data;
    }

    /// <summary>
    /// Whether methods that need a dense copy of the features can be used: dense data in memory is as large as its copy, and sparse or
    /// mapped data may be small.
    /// </summary>
    internal bool AllowsDenseCopy => (!IsSparse && !IsMapped) || DenseCopy.Fits(SampleCount, FeatureCount, IsSparse);

    /// <summary>Throws if a dense copy of the features is too large.</summary>
    /// <param name="what">The name of the method that needs the copy, the subject of a sentence.</param>
    /// <param name="remedy">The alternative, as a sentence without its end.</param>
    internal void RequireDenseCopy(string what, string remedy)
    {
        if (!AllowsDenseCopy)
            throw DenseCopy.Error(SampleCount, FeatureCount, IsSparse, what, remedy);
    }

    private Dataset WithSparsePrecision(SparseStorage sparse, NumericPrecision precision)
    {
        SparseStorage converted = sparse.WithPrecision(precision, out (int Row, int Column) misfit);
        return misfit.Row < 0
            ? new Dataset(this, converted, _targets)
            : throw NoFloatNear(misfit.Row, misfit.Column, Features(misfit.Row)[misfit.Column]);
    }

    /// <summary>The same samples, of sparse features, with each feature divided by its scale and with other targets.</summary>
    /// <param name="scales">The scales. Where all are 1 or 0, the features are not copied.</param>
    /// <param name="columns">The features to keep, in ascending order; <see langword="null"/>: all.</param>
    /// <param name="writeTargets">Writes the new targets of a sample.</param>
    internal Dataset WithScaledFeatures(double[] scales, int[]? columns, Action<int, Memory<double>> writeTargets)
    {
        var features = (SparseStorage)_features;
        if (scales.Any(scale => scale is not (0 or 1)))
            features = features.Scaled(scales);
        if (columns is not null)
            features = features.WithColumns(columns);
        return new Dataset(this, features, NewTargets(writeTargets));
    }
}

using System.Collections.Immutable;

namespace GradientDescent.Arrow;

public sealed partial class ArrowDataset
{
    private const string WeightColumn = "weight";

    /// <summary>Writes the samples of a data set to a file that <see cref="Open"/> opens.</summary>
    /// <remarks>
    /// A new file is written next to the target and moved to its place at the end: if the disk is full or the process ends, no half file is
    /// left under the name.
    /// </remarks>
    /// <param name="data">The samples.</param>
    /// <param name="path">The path of the file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <example><code>
    /// using GradientDescent.Arrow;
    /// ArrowDataset.Write(Dataset.From([1.0, 2, 3], [2, 4, 7]), "line.arrow");
    /// using ArrowDataset file = ArrowDataset.Open("line.arrow");
    /// Console.WriteLine(file.Data.Targets(2)[0]);   // 7
    /// </code></example>
    public static void Write(Dataset data, string path)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(path);
        string? weights = data.HasWeights ? WeightColumn : null;
        while (weights is not null && data.TargetNames.Contains(weights))
            weights += "_";
        var names = new ArrowNames([.. data.FeatureNames], [.. data.TargetNames], weights);
        AtomicFile.Write(path, stream =>
        {
            using var rows = new ArrowRows(stream, names, data.FeaturePrecision);
            Dataset.RowReader rowOf = data.FeatureReader();
            for (int i = 0; i < data.SampleCount; i++)
                rows.Add(rowOf(i), data.Targets(i), data.Weight(i));
            rows.Complete();
        });
    }

    /// <summary>Writes samples of any source to a file, one after another, with little memory whatever their number.</summary>
    /// <param name="path">The path of the file. It is moved to its place at the end; see <see cref="Write(Dataset, string)"/>.</param>
    /// <param name="items">The samples, at least one. The sequence is enumerated once.</param>
    /// <param name="features">
    /// The function that returns the features of an item. It must return the same number of finite numbers for each item, and can return
    /// the same array each time.
    /// </param>
    /// <param name="target">The function that returns the target of an item, a finite number.</param>
    /// <param name="weight">
    /// The function that returns the weight of an item, finite and at least 0; <see langword="null"/>: every sample has the weight 1.
    /// </param>
    /// <param name="featureNames">The names of the features; <see langword="null"/>: x1, x2, … (x for a single feature).</param>
    /// <param name="precision">The precision of the features in the file: in float it takes half the space.</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, lengths differ, or a number is not finite; the message names the row.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <example><code>
    /// using GradientDescent.Arrow;
    /// IEnumerable&lt;int&gt; days = Enumerable.Range(0, 1000);   // or the rows of a database
    /// ArrowDataset.Write("days.arrow", days, day =&gt; [day, day % 7], day =&gt; 3 * day + 1);
    /// using ArrowDataset file = ArrowDataset.Open("days.arrow");
    /// Console.WriteLine(file.Data);   // 1000 samples, 2 features, 1 target
    /// </code></example>
    public static void Write<T>(
        string path,
        IEnumerable<T> items,
        Func<T, double[]> features,
        Func<T, double> target,
        Func<T, double>? weight = null,
        IReadOnlyList<string>? featureNames = null,
        NumericPrecision precision = NumericPrecision.Double)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        Guard.Defined(precision);
        AtomicFile.Write(path, stream =>
        {
            ArrowRows? rows = null;
            try
            {
                long row = 0;
                foreach (T item in items)
                {
                    double[] numbers = features(item);
                    rows ??= new ArrowRows(stream, Names(numbers.Length), precision);
                    rows.AddChecked(row++, numbers, target(item), weight is null ? 1 : weight(item));
                }

                (rows ?? throw Guard.Invalid(nameof(items), $"There are no samples: at least one is needed.")).Complete();
            }
            finally
            {
                rows?.Dispose();
            }
        });

        ArrowNames Names(int count)
        {
            ImmutableArray<string> given = featureNames is null ? default : [.. featureNames];
            ImmutableArray<string> names = Dataset.NamesOr(given, Guard.AtLeast(count, 1, nameof(features)), "x", nameof(featureNames));
            return new([.. names], ["y"], weight is null ? null : WeightColumn);
        }
    }

    /// <summary>
    /// Converts a CSV file of numbers in one pass, with little memory whatever its size. One column is the target, and the options can
    /// name a column of weights; all other columns are features.
    /// </summary>
    /// <param name="csv">The path of the CSV file.</param>
    /// <param name="path">The path of the new file. It is moved to its place at the end; see <see cref="Write(Dataset, string)"/>.</param>
    /// <param name="target">The name of the target column.</param>
    /// <param name="options">The format of the data and the column of the weights; <see langword="null"/> for the defaults.</param>
    /// <param name="precision">The precision of the features in the file: in float it takes half the space.</param>
    /// <exception cref="InvalidDataException">
    /// The file is not valid CSV, a column is missing, or a field is not a finite number. The message names the file, the line and the
    /// column where they are known.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void ConvertCsv(
        string csv, string path, string target, CsvOptions? options = null, NumericPrecision precision = NumericPrecision.Double) =>
        ConvertCsv(csv, path, [target], options, precision);

    /// <summary>Converts a CSV file of numbers with several target columns in one pass.</summary>
    /// <inheritdoc cref="ConvertCsv(string, string, string, CsvOptions, NumericPrecision)"/>
    /// <param name="csv">The path of the CSV file.</param>
    /// <param name="path">The path of the new file.</param>
    /// <param name="targets">The names of the target columns: at least one, all different.</param>
    /// <param name="options">The format of the data and the column of the weights; <see langword="null"/> for the defaults.</param>
    /// <param name="precision">The precision of the features in the file.</param>
    public static void ConvertCsv(string csv, string path, IReadOnlyList<string> targets, CsvOptions? options = null,
        NumericPrecision precision = NumericPrecision.Double)
    {
        ArgumentException.ThrowIfNullOrEmpty(csv);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Guard.Defined(precision);
        Dataset.CheckCsvColumns(targets, options);
        using FileStream source = File.OpenRead(csv);
        AtomicFile.Write(path, stream =>
        {
            ArrowRows? rows = null;
            try
            {
                CsvNumbers.Read(source, Path.GetFileName(csv), targets, options ?? new CsvOptions(), columns =>
                {
                    string? weights = columns.HasWeights ? options!.Weights : null;
                    return rows = new ArrowRows(stream, new([.. columns.FeatureNames], [.. columns.TargetNames], weights), precision);
                }).Complete();
            }
            finally
            {
                rows?.Dispose();
            }
        });
    }

    /// <summary>
    /// Converts a Parquet file of numbers: one column is the target, one can hold weights, and all others are features. At most one column
    /// of one group of rows is in managed memory.
    /// </summary>
    /// <remarks>
    /// The columns of a group are collected in a temporary file in the folder of the new one, in double. Missing values are refused.
    /// Integers above 2⁵³ are rounded.
    /// </remarks>
    /// <param name="parquet">The path of the Parquet file.</param>
    /// <param name="path">The path of the new file. It is moved to its place at the end; see <see cref="Write(Dataset, string)"/>.</param>
    /// <param name="target">The name of the target column.</param>
    /// <param name="weights">The name of the column of the weights; <see langword="null"/>: every sample has the weight 1.</param>
    /// <param name="precision">The precision of the features in the file: in float it takes half the space.</param>
    /// <exception cref="InvalidDataException">
    /// The file is no Parquet file, is cut or damaged, a column is missing or holds no numbers, or a value is missing or not finite. The
    /// message names the file, and the row and the column where they are known.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static void ConvertParquet(string parquet, string path, string target, string? weights = null,
        NumericPrecision precision = NumericPrecision.Double) => ConvertParquet(parquet, path, [target], weights, precision);

    /// <summary>Converts a Parquet file of numbers with several target columns.</summary>
    /// <inheritdoc cref="ConvertParquet(string, string, string, string, NumericPrecision)"/>
    /// <param name="parquet">The path of the Parquet file.</param>
    /// <param name="path">The path of the new file.</param>
    /// <param name="targets">The names of the target columns: at least one, all different.</param>
    /// <param name="weights">The name of the column of the weights; <see langword="null"/>: every sample has the weight 1.</param>
    /// <param name="precision">The precision of the features in the file.</param>
    public static void ConvertParquet(string parquet, string path, IReadOnlyList<string> targets, string? weights = null,
        NumericPrecision precision = NumericPrecision.Double)
    {
        ArgumentException.ThrowIfNullOrEmpty(parquet);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Guard.Defined(precision);
        Dataset.CheckCsvColumns(targets, new CsvOptions { Weights = weights });
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AtomicFile.Write(path, stream => ParquetTable.Read(
            parquet, folder, targets, weights, names => new ArrowRows(stream, names, precision)));
    }
}

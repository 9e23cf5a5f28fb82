using System.Collections.Immutable;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>Reads a CSV file of numbers: one column is the target, all others are features.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="target">Name of the target column.</param>
    /// <param name="options">Delimiter, decimal separator, weights; <see langword="null"/>: the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not such a CSV file; the message names file, line, column and text.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// Console.WriteLine(string.Join(" ", data.FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
    /// </code></example>
    public static Dataset FromCsv(string path, string target, CsvOptions? options = null) => FromCsv(path, [target], options);

    /// <summary>Reads a CSV file of numbers with several target columns.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="targets">Names of the target columns, at least one.</param>
    /// <param name="options">Delimiter, decimal separator, weights; <see langword="null"/>: the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not such a CSV file; the message names file, line, column and text.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Dataset FromCsv(string path, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return FromCsv(stream, Path.GetFileName(path), targets, options);
    }

    /// <summary>Reads CSV of numbers from a stream.</summary>
    /// <param name="stream">The bytes; left open at the end.</param>
    /// <param name="source">The name of the data in messages, such as a file name.</param>
    /// <param name="targets">Names of the target columns, at least one.</param>
    /// <param name="options">Delimiter, decimal separator, weights; <see langword="null"/>: the defaults.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a CSV file; the message names source, line,
    /// column and text.</exception>
    public static Dataset FromCsv(Stream stream, string source, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(targets);
        Guard.AtLeast(targets.Count, 1, "targets.Count");
        options ??= new CsvOptions();
        if (Guard.Twice(targets.Concat(options.Weights is null ? [] : [options.Weights])) is { } twice)
            throw Guard.Invalid(
                nameof(targets), $"The column '{twice}' is named twice among targets and weights: each column has one use.");
        var csv = CsvNumbers.Read(stream, source, targets, options);
        return Build(csv.RowCount, csv.Features, csv.Targets, csv.RowCount, csv.Weights, csv.FeatureNames, csv.TargetNames);
    }

    /// <summary>Samples from a table, with the features that an encoding makes,
    /// and with weights where the table's options name their column.</summary>
    /// <param name="table">The samples.</param>
    /// <param name="encoding">The encoding that makes the features from the table's columns.</param>
    /// <param name="target">Name of the target column, which holds numbers.</param>
    /// <exception cref="InvalidDataException">A column is not in the table, or a field cannot be used;
    /// the message names source, line and column.</exception>
    /// <exception cref="ArgumentException">The encoding makes features from the column of the target or of the weights,
    /// or a weight is negative.</exception>
    public static Dataset From(CsvTable table, FeatureEncoding encoding, string target)
    {
        ArgumentNullException.ThrowIfNull(table);
        return From(table, encoding, target, name => table.Numbers(name));
    }

    /// <inheritdoc cref="From(CsvTable, FeatureEncoding, string)"/>
    /// <param name="table">The samples.</param>
    /// <param name="encoding">The encoding that makes the features from the table's columns.</param>
    /// <param name="target">Name of the target column.</param>
    /// <param name="targetsOf">The target of each row, from the column of that name.</param>
    internal static Dataset From(CsvTable table, FeatureEncoding encoding, string target, Func<string, ImmutableArray<double>> targetsOf)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(target);
        string? weights = table.Options.Weights;
        if (encoding.Columns.FirstOrDefault(column => column.Name == target || column.Name == weights) is { } used)
        {
            string use = used.Name == target ? "target" : "weights";
            throw Guard.Invalid(
                nameof(encoding), $"The encoding makes features of the {use} '{used.Name}': make it from the table without that column.");
        }

        ImmutableArray<double> targets = targetsOf(target);
        double[][] rows = encoding.Encode(table);
        double[]? weightOf = weights is null ? null : [.. table.Numbers(weights)];
        Dataset data = Build(rows.Length, i => rows[i], TargetsOf, rows.Length, weightOf, encoding.FeatureNames, [target]);
        return new Dataset(data, encoding);

        ReadOnlySpan<double> TargetsOf(int row) => targets.AsSpan().Slice(row, 1);
    }
}

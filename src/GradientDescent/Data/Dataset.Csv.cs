using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>Reads a CSV file: one column is the target, all others are features.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="target">Name of the target column.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not such a CSV file; the message names file, line, column and text.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <example><code>
    /// var data = Dataset.FromCsv("diabetes.csv", target: "target");
    /// Console.WriteLine(string.Join(" ", data.FeatureNames));   // age sex bmi bp s1 s2 s3 s4 s5 s6
    /// </code></example>
    public static Dataset FromCsv(string path, string target, CsvOptions? options = null) => FromCsv(path, [target], options);

    /// <summary>Reads a CSV file with several target columns.</summary>
    /// <param name="path">The file. UTF-8, or UTF-16 with a byte-order mark.</param>
    /// <param name="targets">Names of the target columns, at least one.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The file is not such a CSV file; the message names file, line, column and text.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Dataset FromCsv(string path, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return FromCsv(stream, Path.GetFileName(path), targets, options);
    }

    /// <summary>Reads CSV from a stream.</summary>
    /// <param name="stream">The bytes; left open at the end.</param>
    /// <param name="source">What messages call it, such as a file name.</param>
    /// <param name="targets">Names of the target columns, at least one.</param>
    /// <param name="options">Delimiter, decimal separator, weights; none means the defaults.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a CSV file; the message names source, line, column and text.</exception>
    public static Dataset FromCsv(Stream stream, string source, IReadOnlyList<string> targets, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(targets);
        Guard.AtLeast(targets.Count, 1, "targets.Count");
        options ??= new CsvOptions();
        if (Guard.Twice(targets.Concat(options.Weights is null ? [] : [options.Weights])) is { } twice)
            throw Guard.Invalid(nameof(targets), $"The column '{twice}' is named twice among targets and weights: each column has one use.");
        return CsvSource.Read(stream, source, options, csv => new CsvNumbers(csv, source, targets, options).Read());
    }

    /// <summary>A table whose columns an encoding makes features of; weights where its options name a column of them.</summary>
    /// <param name="table">The samples.</param>
    /// <param name="encoding">Makes the features of the table's columns.</param>
    /// <param name="target">Name of the target column, which holds numbers.</param>
    /// <exception cref="InvalidDataException">A column is not in the table, or a field cannot be used; the message names source, line and column.</exception>
    /// <exception cref="ArgumentException">The target or the weights are among the columns that features are made of, or a weight is negative.</exception>
    public static Dataset From(CsvTable table, FeatureEncoding encoding, string target)
    {
        ArgumentNullException.ThrowIfNull(table);
        return From(table, encoding, target, name => table.Numbers(name));
    }

    /// <inheritdoc cref="From(CsvTable, FeatureEncoding, string)"/>
    /// <param name="table">The samples.</param>
    /// <param name="encoding">Makes the features of the table's columns.</param>
    /// <param name="target">Name of the target column.</param>
    /// <param name="targetsOf">The target of each row, from the column of that name.</param>
    internal static Dataset From(CsvTable table, FeatureEncoding encoding, string target, Func<string, ImmutableArray<double>> targetsOf)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(target);
        string? weights = table.Options.Weights;
        foreach (FeatureColumn column in encoding.Columns)
        {
            if (column.Name == target || column.Name == weights)
                throw Guard.Invalid(
                    nameof(encoding), $"The encoding makes features of the {(column.Name == target ? "target" : "weights")} '{column.Name}': learn it from the table without that column.");
        }

        ImmutableArray<double> targets = targetsOf(target);
        double[][] rows = encoding.Encode(table);
        return new Dataset(Build(rows.Length, i => rows[i], i => targets.AsSpan().Slice(i, 1), rows.Length, weights is null ? null : [.. table.Numbers(weights)], encoding.FeatureNames, [target]), encoding);
    }

    private sealed class CsvNumbers
    {
        private readonly CsvSource _csv;
        private readonly string _source;
        private readonly int[] _features;
        private readonly int[] _targets;
        private readonly int[] _weight;

        public CsvNumbers(CsvSource csv, string source, IReadOnlyList<string> targets, CsvOptions options)
        {
            (_csv, _source) = (csv, source);
            _targets = [.. targets.Select(csv.IndexOf)];
            _weight = options.Weights is null ? [] : [csv.IndexOf(options.Weights)];
            _features = [.. Enumerable.Range(0, csv.Headers.Length).Except(_targets).Except(_weight)];
            if (_features.Length == 0)
                throw new InvalidDataException($"{source}: there is no column beside the target: at least one feature is needed.");
        }

        public Dataset Read()
        {
            List<double> features = [], targets = [], weights = [];
            while (_csv.Read())
            {
                Take(_features, features);
                Take(_targets, targets);
                Take(_weight, weights);
            }

            if (targets.Count == 0)
                throw CsvSource.NoRows(_source);
            if (weights.Count > 0 && weights.TrueForAll(weight => weight == 0))
                throw new InvalidDataException($"{_source}, column '{_csv.Headers[_weight[0]]}': all weights are 0: at least one must be greater.");
            double[] x = [.. features], y = [.. targets];
            int d = _features.Length, k = _targets.Length;
            return Build(
                y.Length / k,
                i => x.AsSpan(i * d, d),
                i => y.AsSpan(i * k, k),
                y.Length / k,
                _weight.Length == 0 ? null : [.. weights],
                [.. _features.Select(column => _csv.Headers[column])],
                [.. _targets.Select(column => _csv.Headers[column])]);
        }

        private void Take(int[] columns, List<double> values)
        {
            foreach (int column in columns)
            {
                ReadOnlySpan<byte> field = _csv.Bytes(column);
                if (field.IsEmpty)
                    throw _csv.At(column, "the field is empty; a number is needed, missing values are not filled in.");
                if (field.ContainsAnyInRange((byte)0, (byte)31)) // double.TryParse passes over trailing NULs
                    throw _csv.At(column, $"'{FieldText.Shown(field)}' holds bytes that are not text.");
                if (!double.TryParse(field, NumberStyles.Float, _csv.NumberFormat, out double value) || !double.IsFinite(value))
                    throw _csv.At(column, $"{FieldText.NoNumber(FieldText.Shown(field), _csv.NumberFormat)}.");
                if (columns == _weight && value < 0)
                    throw _csv.At(column, $"the weight '{FieldText.Shown(field)}' is negative; it must be at least 0.");
                values.Add(value);
            }
        }
    }
}

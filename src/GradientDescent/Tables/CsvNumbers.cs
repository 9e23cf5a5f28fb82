using System.Collections.Immutable;
using System.Globalization;

namespace GradientDescent;

/// <summary>
/// A CSV file of numbers. The caller names the columns of the targets and of the weights; all other columns are features.
/// </summary>
internal sealed class CsvNumbers
{
    private readonly CsvSource _csv;
    private readonly string _source;
    private readonly int[] _featureColumns;
    private readonly int[] _targetColumns;
    private readonly int[] _weightColumns;
    private double[] _features = [];
    private double[] _targets = [];
    private double _weightSum;

    private CsvNumbers(CsvSource csv, string source, IReadOnlyList<string> targets, CsvOptions options)
    {
        (_csv, _source) = (csv, source);
        _targetColumns = [.. targets.Select(csv.IndexOf)];
        _weightColumns = options.Weights is null ? [] : [csv.IndexOf(options.Weights)];
        _featureColumns = [.. Enumerable.Range(0, csv.Headers.Length).Except(_targetColumns).Except(_weightColumns)];
        if (_featureColumns.Length == 0)
            throw new InvalidDataException(
                $"{source} has no column for features: each column is a target or holds the weights. At least one feature is needed.");
        FeatureNames = [.. _featureColumns.Select(column => csv.Headers[column])];
        TargetNames = [.. targets];
    }

    /// <summary>The names of the feature columns, in the order of the file.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>The names of the target columns, in the order that the caller gave.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>The number of rows, at least 1.</summary>
    public int RowCount => _targets.Length / TargetNames.Length;

    /// <summary>The weight of each row, or <see langword="null"/> if no column contains weights.</summary>
    public double[]? Weights { get; private set; }

    /// <summary>Reads an entire file.</summary>
    /// <param name="stream">The stream to read from; it is left open.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <param name="targets">The names of the target columns: at least one, all different.</param>
    /// <param name="options">The format of the file, and the column of the weights, which must not be a target.</param>
    /// <exception cref="InvalidDataException">
    /// A column is missing, there are no rows, a field is not a finite number, a weight is negative, all weights are 0, or their sum is
    /// infinite. The message names the location.
    /// </exception>
    public static CsvNumbers Read(Stream stream, string source, IReadOnlyList<string> targets, CsvOptions options) =>
        CsvSource.Read(stream, source, options, csv =>
        {
            var numbers = new CsvNumbers(csv, source, targets, options);
            numbers.ReadRows();
            return numbers;
        });

    /// <summary>Returns the features of one row.</summary>
    public ReadOnlySpan<double> Features(int row) => _features.AsSpan(row * FeatureNames.Length, FeatureNames.Length);

    /// <summary>Returns the targets of one row.</summary>
    public ReadOnlySpan<double> Targets(int row) => _targets.AsSpan(row * TargetNames.Length, TargetNames.Length);

    private void ReadRows()
    {
        List<double> features = [], targets = [], weights = [];
        while (_csv.Read())
        {
            AddFields(_featureColumns, features);
            AddFields(_targetColumns, targets);
            AddFields(_weightColumns, weights);
        }

        if (targets.Count == 0)
            throw CsvSource.NoRows(_source);
        if (weights.Count > 0 && weights.TrueForAll(weight => weight == 0))
        {
            string column = _csv.Headers[_weightColumns[0]];
            throw new InvalidDataException($"{_source}, column '{column}': all weights are 0: at least one must be greater.");
        }

        (_features, _targets) = ([.. features], [.. targets]);
        Weights = _weightColumns.Length == 0 ? null : [.. weights];
    }

    private void AddFields(int[] columns, List<double> values)
    {
        foreach (int column in columns)
        {
            double value = Number(column);
            if (columns == _weightColumns && value < 0)
                throw _csv.At(column, $"the weight '{FieldText.Shown(_csv.Bytes(column))}' is negative; it must be at least 0.");
            if (columns == _weightColumns && !double.IsFinite(_weightSum += value))
                throw _csv.At(column, "with this weight, the sum is too large for a double: divide all weights by the largest one.");
            values.Add(value);
        }
    }

    /// <summary>Parses the number in a field from its bytes, without allocating a string.</summary>
    private double Number(int column)
    {
        ReadOnlySpan<byte> field = _csv.Bytes(column);
        if (field.IsEmpty)
            throw _csv.At(column, "the field is empty; a number is needed, missing values are not filled in.");
        if (field.ContainsAnyInRange((byte)0, (byte)31)) // double.TryParse accepts trailing NUL characters
            throw _csv.At(column, $"'{FieldText.Shown(field)}' holds bytes that are not text.");
        if (!double.TryParse(field, NumberStyles.Float, _csv.NumberFormat, out double value) || !double.IsFinite(value))
            throw _csv.At(column, $"{FieldText.NoNumber(FieldText.Shown(field), _csv.NumberFormat)}.");
        return value;
    }
}

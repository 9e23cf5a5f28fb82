using System.Collections.Immutable;

namespace GradientDescent;

/// <summary>
/// A CSV file of numbers. The caller names the columns of the targets and of the weights; all other columns are features.
/// </summary>
internal sealed class CsvNumbers
{
    /// <summary>The size of a file up to which it is read again as text, to find options that read it.</summary>
    private const long MaxBytesToExplain = 1 << 26;

    private readonly CsvSource _csv;
    private readonly string _source;
    private readonly int[] _featureColumns;
    private readonly int[] _targetColumns;
    private readonly int[] _weightColumns;
    private readonly PointUse[]? _points;
    private int _rowCount;

    private CsvNumbers(CsvSource csv, string source, IReadOnlyList<string> targets, CsvOptions options)
    {
        (_csv, _source) = (csv, source);
        _targetColumns = [.. targets.Select(csv.Headers.IndexOf)];
        _weightColumns = options.Weights is null ? [] : [csv.Headers.IndexOf(options.Weights)];
        _featureColumns = [.. Enumerable.Range(0, csv.Headers.Names.Length).Except(_targetColumns).Except(_weightColumns)];
        if (_featureColumns.Length == 0)
            throw new InvalidDataException(
                $"{source} has no column for features: each column is a target or holds the weights. At least one feature is needed.");
        _points = PointUse.Matters(csv.Fields.Options) ? [.. csv.Headers.Names.Select(_ => new PointUse(csv.Fields.Options))] : null;
        FeatureNames = [.. _featureColumns.Select(column => csv.Headers.Names[column])];
        TargetNames = [.. _targetColumns.Select(column => csv.Headers.Names[column])];
    }

    /// <summary>The names of the feature columns, in the order of the file.</summary>
    public ImmutableArray<string> FeatureNames { get; }

    /// <summary>The names of the target columns, in the order that the caller gave.</summary>
    public ImmutableArray<string> TargetNames { get; }

    /// <summary>Whether a column contains weights.</summary>
    public bool HasWeights => _weightColumns.Length > 0;

    /// <summary>Reads an entire file, row by row.</summary>
    /// <param name="stream">The stream to read from; it is left open.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <param name="targets">The names of the target columns: at least one, all different.</param>
    /// <param name="options">The format of the file, and the column of the weights, which must not be a target.</param>
    /// <param name="begin">The function that returns the collector of the rows when the names of the columns are known.</param>
    /// <exception cref="InvalidDataException">
    /// A column is missing, there are no rows, a field is not a finite number, a weight is negative, all weights are 0, or their sum is
    /// infinite. The message names the location.
    /// </exception>
    public static T Read<T>(Stream stream, string source, IReadOnlyList<string> targets, CsvOptions options, Func<CsvNumbers, T> begin)
        where T : ICsvRows
    {
        long start = stream.CanSeek ? stream.Position : -1;
        try
        {
            return CsvSource.Read(stream, source, options, csv =>
            {
                var numbers = new CsvNumbers(csv, source, targets, options);
                T rows = begin(numbers);
                numbers.ReadInto(rows);
                return rows;
            });
        }
        catch (NoNumberException e)
        {
            throw start >= 0 && stream.Length - start <= MaxBytesToExplain ? Explain(e) : e.Problem;
        }

        InvalidDataException Explain(NoNumberException e)
        {
            stream.Position = start;
            try
            {
                return CsvTable.Read(stream, source, options).NumberErrorAt(e.Row, e.Column, canBeMissing: false);
            }
            catch (InvalidDataException) // another row is not valid
            {
                return e.Problem;
            }
        }
    }

    private void ReadInto(ICsvRows rows)
    {
        double[] features = new double[_featureColumns.Length], targets = new double[_targetColumns.Length], weight = [1];
        double weightSum = 0;
        while (_csv.Read())
        {
            ReadFields(_featureColumns, features);
            ReadFields(_targetColumns, targets);
            ReadFields(_weightColumns, weight);
            CheckWeight(weight[0], weightSum += weight[0]);
            rows.Add(features, targets, weight[0]);
            _rowCount++;
            if (_csv.ExpectedRowCount is { } rowCount)
                rows.Reserve(rowCount);
        }

        if (_rowCount == 0)
            throw CsvSource.NoRows(_source);
        if (_points is not null && !_points.Any(points => points.IsDecimal)
            && Array.FindIndex(_points, points => points.IsAmbiguous) is var column and >= 0)
        {
            throw _points[column].Error(_source, _csv.Headers.Names[column]);
        }

        if (weightSum == 0)
        {
            string name = _csv.Headers.Names[_weightColumns[0]];
            throw new InvalidDataException($"{_source}, column '{name}': all weights are 0: at least one must be greater.");
        }
    }

    private void CheckWeight(double weight, double sum)
    {
        if (weight < 0)
        {
            throw _csv.At(_weightColumns[0],
                $"the weight {FieldText.Quoted(_csv.Bytes(_weightColumns[0]))} is negative; it must be at least 0.");
        }

        if (!double.IsFinite(sum))
            throw _csv.At(_weightColumns[0], "with this weight, the sum is too large for a double: divide all weights by the largest one.");
    }

    private void ReadFields(int[] columns, double[] numbers)
    {
        for (int i = 0; i < columns.Length; i++)
            numbers[i] = Number(columns[i]);
    }

    /// <summary>Reads the number in a field from its bytes. A plain number allocates no string.</summary>
    private double Number(int column)
    {
        if (_csv.Fields.Number(_csv.Bytes(column)) is { } number)
        {
            _points?[column].Add(_csv.Bytes(column), _csv.Line);
            return number;
        }

        string field = _csv.Text(column), objection = _csv.Fields.Objection(field);
        if (_csv.Fields.IsMissing(field))
            throw CsvProposals.Error(
                _csv.At(column, $"{objection}; a number is needed.").Message, $"{nameof(FeatureEncoding)} can fill in missing values.");
        throw new NoNumberException(_rowCount, _csv.Headers.Names[column], _csv.At(column, $"{objection}."));
    }

    /// <summary>Reports a field that is not a number, and its place.</summary>
    private sealed class NoNumberException(int row, string column, InvalidDataException problem) : Exception(problem.Message, problem)
    {
        public int Row => row;

        public string Column => column;

        public InvalidDataException Problem => problem;
    }
}

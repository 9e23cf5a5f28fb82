using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace GradientDescent;

public sealed partial class Dataset
{
    /// <summary>Reads the rows of a database query as data sets of a given size, one after another: for data larger than memory.</summary>
    /// <param name="reader">
    /// The open result of a query. All columns are numbers or truth values (1 and 0); those that are neither target nor weights are
    /// features.
    /// </param>
    /// <param name="target">The name of the target column, in any case.</param>
    /// <param name="batchSize">The number of rows in a data set, at least 1; the last one may have fewer.</param>
    /// <param name="weights">The name of a column of weights; <see langword="null"/>: every row has the weight 1.</param>
    /// <param name="cancellationToken">The token that ends the reading.</param>
    /// <exception cref="ArgumentException">There is no such column, or no column is left for the features.</exception>
    /// <exception cref="InvalidDataException">A value is missing or is not a finite number; the message names row and column.</exception>
    /// <example><code>
    /// using var table = new System.Data.DataTable();
    /// table.Columns.Add("age", typeof(double));
    /// table.Columns.Add("pay", typeof(double));
    /// for (int age = 20; age &lt; 60; age++) table.Rows.Add(age, 1000 * age + 500);
    ///
    /// var trainer = new OnlineTrainer(new LinearRegression(), new SGD(0.1));
    /// await trainer.LearnAsync(Dataset.ReadBatches(table.CreateDataReader(), target: "pay", batchSize: 8));
    /// Console.WriteLine(trainer.Samples);   // 40
    /// </code></example>
    public static async IAsyncEnumerable<Dataset> ReadBatches(
        DbDataReader reader,
        string target,
        int batchSize = 1024,
        string? weights = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Guard.AtLeast(batchSize, 1);
        var columns = new ReaderColumns(reader, target, weights);
        int row = 0;
        bool hasMore = true;
        while (hasMore)
        {
            var rows = new CollectedRows(columns.FeatureNames.Length, 1, weights is not null);
            while (rows.Count < batchSize && (hasMore = await reader.ReadAsync(cancellationToken).ConfigureAwait(false)))
                columns.AddRow(rows, row++);
            if (rows.Count > 0)
                yield return new Dataset(rows, columns.FeatureNames, [columns.TargetName]);
        }
    }

    /// <summary>The columns of a query, by what they are used for.</summary>
    private sealed class ReaderColumns
    {
        private readonly DbDataReader _reader;
        private readonly int _target;
        private readonly int _weights;
        private readonly int[] _features;
        private readonly double[] _row;

        public ReaderColumns(DbDataReader reader, string target, string? weights)
        {
            _reader = reader;
            string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
            _target = IndexOf(names, target, nameof(target));
            _weights = weights is null ? -1 : IndexOf(names, weights, nameof(weights));
            _features = [.. Enumerable.Range(0, names.Length).Where(column => column != _target && column != _weights)];
            if (_features.Length == 0)
                throw Guard.Invalid(
                    nameof(reader), $"The query has no columns besides the target and the weights: at least one is needed.");
            FeatureNames = [.. _features.Select(column => names[column])];
            TargetName = names[_target];
            _row = new double[_features.Length];
        }

        public System.Collections.Immutable.ImmutableArray<string> FeatureNames { get; }

        public string TargetName { get; }

        /// <summary>Adds the row that the reader is at.</summary>
        public void AddRow(CollectedRows rows, int row)
        {
            for (int j = 0; j < _row.Length; j++)
                _row[j] = NumberOf(_features[j], row);
            double weight = _weights < 0 ? 1 : NumberOf(_weights, row);
            if (weight < 0)
            {
                throw new InvalidDataException(
                    Format.Text($"Row {row}, column '{_reader.GetName(_weights)}' is {weight}: a weight is at least 0."));
            }

            rows.Add(_row, [NumberOf(_target, row)], weight);
        }

        private double NumberOf(int column, int row)
        {
            object value = _reader.GetValue(column);
            double number = value switch
            {
                double exact => exact,
                float or int or long or short or byte or sbyte or ushort or uint or ulong or decimal or bool =>
                    Convert.ToDouble(value, CultureInfo.InvariantCulture),
                _ => double.NaN,
            };
            string shown = value is DBNull ? "missing" : $"'{value}'";
            return double.IsFinite(number) ? number : throw new InvalidDataException(
                Format.Text($"Row {row}, column '{_reader.GetName(column)}' is {shown}: it must be a finite number."));
        }

        private static int IndexOf(string[] names, string name, string argument)
        {
            int index = Array.FindIndex(names, other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
            return index >= 0 ? index : throw Guard.Invalid(argument, $"There is no column '{name}': the query has {Format.List(names)}.");
        }
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using GradientDescent.Kernels;

namespace GradientDescent.Arrow;

/// <summary>Writes rows to an Arrow file, one batch after another. Only the current batch is in memory.</summary>
internal sealed class ArrowRows : ICsvRows, IDisposable
{
    private const int BatchBytes = 1 << 24;

    private readonly ArrowNames _names;
    private readonly bool _isDouble;
    private readonly Schema _schema;
    private readonly ArrowFileWriter _writer;
    private readonly byte[] _features;
    private readonly double[][] _columns; // targets, then weights
    private readonly int _capacity;
    private int _batchCount;
    private long _count;

    /// <param name="stream">The stream to write to; it is left open.</param>
    /// <param name="names">The use of the columns.</param>
    /// <param name="precision">The type in which the features are stored.</param>
    public ArrowRows(Stream stream, ArrowNames names, NumericPrecision precision)
    {
        (_names, _isDouble) = (names, precision == NumericPrecision.Double);
        int rowBytes = checked(names.Features.Length * (_isDouble ? sizeof(double) : sizeof(float)));
        _capacity = Math.Max(1, BatchBytes / rowBytes);
        _features = new byte[_capacity * rowBytes];
        string[] columns = names.Weights is null ? names.Targets : [.. names.Targets, names.Weights];
        _columns = [.. columns.Select(_ => new double[_capacity])];
        var item = new Field("item", _isDouble ? DoubleType.Default : FloatType.Default, nullable: false);
        _schema = new Schema(
            [
                new Field(ArrowNames.FeatureColumn, new FixedSizeListType(item, names.Features.Length), nullable: false),
                .. columns.Select(name => new Field(ColumnName(name), DoubleType.Default, nullable: false)),
            ],
            new Dictionary<string, string> { [ArrowNames.Key] = JsonSerializer.Serialize(names, ArrowNamesJson.Default.ArrowNames) });
        _writer = new ArrowFileWriter(stream, _schema, leaveOpen: true);
        _writer.WriteStart();
    }

    /// <summary>The name of a column of targets or weights in the file: the name of the features is taken.</summary>
    public static string ColumnName(string name) => name == ArrowNames.FeatureColumn ? $"{name} (target)" : name;

    public void Add(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, double weight)
    {
        if (_count == int.MaxValue)
            throw ArrowDataset.TooManyRows(_count + 1);
        int start = _batchCount * features.Length;
        if (_isDouble)
        {
            features.CopyTo(MemoryMarshal.Cast<byte, double>(_features.AsSpan())[start..]);
        }
        else if (RowConversion.Narrow(features, MemoryMarshal.Cast<byte, float>(_features.AsSpan())[start..]) is var column and >= 0)
        {
            throw new InvalidDataException(Format.Text(
                $"Row {_count}, column {column} ('{_names.Features[column]}') of features is {features[column]}: no float is near it."));
        }

        for (int k = 0; k < targets.Length; k++)
            _columns[k][_batchCount] = targets[k];
        if (_names.Weights is not null)
            _columns[^1][_batchCount] = weight;
        _count++;
        if (++_batchCount == _capacity)
            WriteBatch();
    }

    /// <summary>Adds a row of a caller, whose numbers are not checked yet.</summary>
    /// <exception cref="ArgumentException">The row has another length, or a number is not finite.</exception>
    public void AddChecked(long row, double[] features, double target, double weight)
    {
        if (features.Length != _names.Features.Length)
        {
            throw Guard.Invalid(nameof(features), $"Row {row} of features has {features.Length} numbers, row 0 has " +
                $"{_names.Features.Length}: all rows must be equally long.");
        }

        int column = System.Array.FindIndex(features, number => !double.IsFinite(number));
        if (column >= 0)
        {
            throw Guard.Invalid(nameof(features),
                $"Row {row}, column {column} ('{_names.Features[column]}') of features is {features[column]}: it must be finite.");
        }

        if (!double.IsFinite(target))
            throw Guard.Invalid(nameof(target), $"Row {row}: the target is {target}: it must be finite.");
        if (!double.IsFinite(weight) || weight < 0)
            throw Guard.Invalid(nameof(weight), $"Row {row}: the weight is {weight}: it must be finite and at least 0.");
        Add(features, [target], weight);
    }

    public void Reserve(int rowCount)
    {
    }

    /// <summary>Writes the last batch and the end of the file.</summary>
    public void Complete()
    {
        if (_batchCount > 0)
            WriteBatch();
        _writer.WriteEnd();
    }

    public void Dispose() => _writer.Dispose();

    private void WriteBatch()
    {
        var type = (FixedSizeListType)_schema.FieldsList[0].DataType;
        int numbers = _batchCount * _names.Features.Length, size = _isDouble ? sizeof(double) : sizeof(float);
        var items = new ArrayData(
            type.ValueDataType, numbers, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(_features.AsMemory(0, numbers * size))]);
        var rows = new FixedSizeListArray(new ArrayData(type, _batchCount, 0, 0, [ArrowBuffer.Empty], [items]));
        IEnumerable<IArrowArray> columns = _columns.Select(column => new DoubleArray(
            new ArrowBuffer(MemoryMarshal.AsBytes(column.AsSpan(0, _batchCount)).ToArray()), ArrowBuffer.Empty, _batchCount, 0, 0));
        using var batch = new RecordBatch(_schema, [rows, .. columns], _batchCount);
        _writer.WriteRecordBatch(batch);
        _batchCount = 0;
    }
}

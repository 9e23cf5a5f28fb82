using System.Collections.Immutable;
using GradientDescent.Kernels;

namespace GradientDescent.Arrow;

/// <summary>Makes a data set of a mapped file: the features stay in the file, targets and weights are read.</summary>
internal sealed class ArrowReading
{
    private readonly MappedFile _file;
    private readonly ArrowBatches _batches;
    private readonly ArrowColumn[] _columns;
    private readonly ArrowNames? _names;
    private readonly ArrowColumn _features;
    private readonly ArrowColumn[] _targets;
    private readonly ArrowColumn? _weights;
    private readonly int _width;

    private ArrowReading(MappedFile file, IReadOnlyList<string>? targets, string? weights)
    {
        _file = file;
        _batches = new ArrowBatches(file);
        var schema = new ArrowSchema(file.Path, _batches.Footer.Table(1));
        (_columns, _names) = (schema.Columns, schema.Names);
        ArrowColumn[] tables = [.. _columns.Where(column => column.IsTable)];
        _features = tables.Length == 1
            ? tables[0]
            : throw new InvalidDataException(tables.Length == 0
                ? $"{file.Path} has no column of fixed-size lists of double or float: the features must be in one. Convert other tables " +
                    $"with ArrowDataset.ConvertCsv or ConvertParquet."
                : $"{file.Path} has {tables.Length} columns of fixed-size lists: only one can hold the features.");
        _width = _features.Width;
        weights ??= _names?.Weights;
        _weights = weights is null ? null : Numeric(weights);
        _targets = targets is not null ? [.. targets.Select(Numeric)]
            : _names is not null ? [.. _names.Targets.Select(Numeric)]
            : [.. _columns.Where(column => column.IsNumeric && column != _weights)];
        if (_targets.Length == 0)
            throw new InvalidDataException($"{file.Path} has no column of numbers for the target.");
        if (_names is null && targets is null && _targets.Length > 1)
        {
            throw new InvalidDataException($"{file.Path} has {_targets.Length} columns of numbers besides the features: name the targets " +
                $"and the weights among {string.Join(", ", _targets.Select(column => $"'{column.Name}'"))}.");
        }
    }

    /// <summary>Reads targets and weights, and checks all numbers that the library has not checked when it wrote the file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="targets">The columns of the targets; <see langword="null"/>: as the file says.</param>
    /// <param name="weights">The column of the weights; <see langword="null"/>: as the file says.</param>
    public static Dataset Read(MappedFile file, IReadOnlyList<string>? targets, string? weights)
    {
        try
        {
            return new ArrowReading(file, targets, weights).Read();
        }
        catch (Exception e) when (e is not IOException and not ObjectDisposedException && !NamesFile(e, file.Path))
        {
            throw new InvalidDataException($"{file.Path} is damaged: its metadata is not that of an Arrow file.", e);
        }
    }

    private static bool NamesFile(Exception e, string path) =>
        e is InvalidDataException or ArgumentException && e.Message.Contains(path, StringComparison.Ordinal);

    private Dataset Read()
    {
        bool[] isRequired = new bool[_columns.Sum(column => column.NodeCount)];
        foreach (ArrowColumn column in _targets.Append(_features).Concat(_weights is null ? [] : [_weights]))
            isRequired.AsSpan(column.Node, column.NodeCount).Fill(true);
        var buffers = new (long Start, long Length)[_columns.Sum(column => column.BufferCount)];
        var pieces = new List<(nint, int)>();
        long rowCount = 0;
        for (int i = 0; i < _batches.Count; i++)
            rowCount += _batches.Read(i, isRequired, buffers);
        if (rowCount > int.MaxValue)
            throw ArrowDataset.TooManyRows(rowCount, _file.Path);
        if (rowCount == 0)
            throw new InvalidDataException($"{_file.Path} has no rows: at least one is needed.");
        if (rowCount * _targets.Length > Array.MaxLength)
        {
            throw new InvalidDataException(
                Format.Text($"{_file.Path} has {rowCount} rows of {_targets.Length} targets: too many to read."));
        }
        double[] targets = new double[rowCount * _targets.Length];
        double[]? weights = _weights is null ? null : new double[rowCount];
        int row = 0;
        for (int i = 0; i < _batches.Count; i++)
        {
            int count = _batches.Read(i, isRequired, buffers);
            if (count == 0)
                continue;
            pieces.Add((FeaturesOf(buffers[_features.Values], row, count), count));
            for (int k = 0; k < _targets.Length; k++)
            {
                ReadNumbers(_targets[k], buffers[_targets[k].Values], row, count,
                    targets.AsSpan(row * _targets.Length + k), _targets.Length);
            }
            if (_weights is not null)
                ReadNumbers(_weights, buffers[_weights.Values], row, count, weights.AsSpan(row), 1);
            row += count;
        }

        TiledStorage storage = _features.Type == ArrowType.Double
            ? new MappedStorage<double>(_file, _width, pieces)
            : new MappedStorage<float>(_file, _width, pieces);
        string[] targetNames = _names is not null && _names.Targets.Select(ArrowRows.ColumnName).SequenceEqual(_targets.Select(t => t.Name))
            ? _names.Targets : [.. _targets.Select(column => column.Name)];
        return Dataset.FromMapped(storage, targets, weights, FeatureNames(), [.. targetNames]);
    }

    private ImmutableArray<string> FeatureNames() =>
        _names is null ? default
        : _names.Features.Length == _width ? [.. _names.Features]
        : throw new InvalidDataException($"{_file.Path} names {_names.Features.Length} features, and its rows have {_width}.");

    private unsafe nint FeaturesOf((long Start, long Length) buffer, int row, int count)
    {
        bool isDouble = _features.Type == ArrowType.Double;
        long numbers = (long)count * _width;
        nint address = Address(_features, buffer, numbers);
        if (_names is not null)
            return address; // checked when it was written
        for (int i = 0; i < count; i++)
        {
            nint start = address + (nint)((long)i * _width * _features.Size);
            int column = isDouble ? IndexOfNonFinite(new ReadOnlySpan<double>((void*)start, _width))
                : IndexOfNonFinite(new ReadOnlySpan<float>((void*)start, _width));
            if (column >= 0)
            {
                throw new InvalidDataException(
                    Format.Text($"{_file.Path}, row {row + i}, feature {column}: the number is not finite, and every number must be."));
            }
        }

        return address;
    }

    private static int IndexOfNonFinite(ReadOnlySpan<double> numbers)
    {
        if (Reductions.AreFinite(numbers))
            return -1;
        int i = 0;
        while (double.IsFinite(numbers[i]))
            i++;
        return i;
    }

    private static int IndexOfNonFinite(ReadOnlySpan<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!float.IsFinite(numbers[i]))
                return i;
        }

        return -1;
    }

    private unsafe void ReadNumbers(
        ArrowColumn column, (long Start, long Length) buffer, int row, int count, Span<double> target, int stride)
    {
        void* start = (void*)Address(column, buffer, count);
        for (int i = 0; i < count; i++)
        {
            double number = column.Type switch
            {
                ArrowType.Double => ((double*)start)[i],
                ArrowType.Single => ((float*)start)[i],
                ArrowType.Int64 => ((long*)start)[i],
                _ => ((int*)start)[i],
            };
            target[i * stride] = double.IsFinite(number) ? number : throw new InvalidDataException(
                Format.Text($"{_file.Path}, row {row + i}, column '{column.Name}' is {number}: every number must be finite."));
        }
    }

    private unsafe nint Address(ArrowColumn column, (long Start, long Length) buffer, long numbers)
    {
        if (buffer.Length < numbers * column.Size || buffer.Start % column.Size != 0)
        {
            throw new InvalidDataException(Format.Text(
                $"{_file.Path} is damaged: column '{column.Name}' has {buffer.Length} bytes at {buffer.Start} for {numbers} numbers."));
        }

        return (nint)_file.Address(buffer.Start, buffer.Length);
    }

    private ArrowColumn Numeric(string name)
    {
        ArrowColumn? found = _columns.FirstOrDefault(column => column.Name == name)
            ?? _columns.FirstOrDefault(column => column.Name == ArrowRows.ColumnName(name));
        return found is null
            ? throw new InvalidDataException($"{_file.Path} has no column '{name}': its columns are {Names()}.")
            : found.IsNumeric
                ? found
                : throw new InvalidDataException(
                    $"{_file.Path}: column '{name}' is not of numbers: targets and weights are double, float, int64 or int32.");
    }

    private string Names() => string.Join(", ", _columns.Select(column => $"'{column.Name}'"));
}

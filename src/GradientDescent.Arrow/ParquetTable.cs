using System.IO.MemoryMappedFiles;
using Parquet;
using Parquet.Schema;

namespace GradientDescent.Arrow;

/// <summary>Reads a Parquet file of numbers row by row.</summary>
/// <remarks>
/// Parquet stores the columns of a group of rows one after another. A group can be larger than memory, so its columns are written into a
/// temporary file, which is mapped, and the rows are read from there. At most one column of one group is in managed memory.
/// </remarks>
internal sealed class ParquetTable
{
    private readonly string _path;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields; // features, targets, weights
    private readonly int _featureCount;

    private ParquetTable(string path, ParquetReader reader, IReadOnlyList<string> targets, string? weights)
    {
        (_path, _reader) = (path, reader);
        DataField[] all = [.. reader.Schema.GetDataFields()];
        string[] used = weights is null ? [.. targets] : [.. targets, weights];
        DataField[] others = [.. used.Select(name => all.FirstOrDefault(field => field.Name == name) ?? throw new InvalidDataException(
            $"{path} has no column '{name}': its columns are {string.Join(", ", all.Select(field => $"'{field.Name}'"))}."))];
        DataField[] features = [.. all.Except(others)];
        if (features.Length == 0)
            throw new InvalidDataException($"{path} has no column for features: each column is a target or holds the weights.");
        _featureCount = features.Length;
        _fields = [.. features, .. others];
        if (_fields.FirstOrDefault(field => field.IsArray || !IsNumber(field.ClrType)) is { } text)
        {
            string found = text.IsArray ? "lists" : text.ClrType.Name;
            throw new InvalidDataException($"{path}: column '{text.Name}' holds {found}: columns must be numbers " +
                $"(double, float, int32, int64, int16, byte or boolean). Leave it out, or encode it first.");
        }

        Names = new ArrowNames([.. features.Select(field => field.Name)], [.. targets], weights);
    }

    public ArrowNames Names { get; }

    /// <summary>Reads the rows of a file.</summary>
    /// <param name="path">The Parquet file.</param>
    /// <param name="targets">The columns of the targets.</param>
    /// <param name="weights">The column of the weights, if there is one.</param>
    /// <param name="begin">The function that returns the collector of the rows when the names of the columns are known.</param>
    public static void Read(string path, IReadOnlyList<string> targets, string? weights, Func<ArrowNames, ArrowRows> begin)
    {
        using FileStream file = File.OpenRead(path);
        ParquetReader? reader = null;
        try
        {
            reader = ParquetReader.CreateAsync(file).GetAwaiter().GetResult();
            var table = new ParquetTable(path, reader, targets, weights);
            using ArrowRows rows = begin(table.Names);
            table.ReadInto(rows);
            rows.Complete();
        }
        catch (Exception e) when (e is not InvalidDataException and not OutOfMemoryException
            && (reader is null || e is EndOfStreamException or not IOException))
        {
            throw new InvalidDataException($"{path} is not a Parquet file that can be read, or it is cut or damaged: {e.Message}", e);
        }
        finally
        {
            reader?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private void ReadInto(ArrowRows rows)
    {
        long first = 0;
        double weightSum = 0;
        for (int i = 0; i < _reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = _reader.OpenRowGroupReader(i);
            int count = checked((int)group.RowCount);
            if (count > 0)
                ReadGroup(group, count, first, rows, ref weightSum);
            first += count;
        }

        if (first == 0)
            throw new InvalidDataException($"{_path} has no rows: at least one is needed.");
        if (Names.Weights is not null && weightSum == 0)
            throw new InvalidDataException($"{_path}, column '{Names.Weights}': all weights are 0: at least one must be greater.");
    }

    private unsafe void ReadGroup(ParquetRowGroupReader group, int count, long first, ArrowRows rows, ref double weightSum)
    {
        int width = _fields.Length;
        string temporary = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = 0,
        });
        using var map = MemoryMappedFile.CreateFromFile(
            file, null, (long)count * width * sizeof(double), MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        using MemoryMappedViewAccessor view = map.CreateViewAccessor();
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        try
        {
            double* table = (double*)address;
            for (int column = 0; column < width; column++)
                ReadColumn(group, column, count, first, table);
            int targets = Names.Targets.Length;
            for (long row = 0; row < count; row++)
            {
                var numbers = new ReadOnlySpan<double>(table + row * width, width);
                double weight = Names.Weights is null ? 1 : numbers[^1];
                if (weight < 0)
                    throw new InvalidDataException(Format.Text($"{_path}, row {first + row}: the weight {weight} is negative."));
                weightSum += weight;
                rows.Add(numbers[.._featureCount], numbers.Slice(_featureCount, targets), weight);
            }
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private unsafe void ReadColumn(ParquetRowGroupReader group, int column, int count, long first, double* table)
    {
        DataField field = _fields[column];
        if (field.ClrType == typeof(double))
            Copy<double>(number => number);
        else if (field.ClrType == typeof(float))
            Copy<float>(number => number);
        else if (field.ClrType == typeof(int))
            Copy<int>(number => number);
        else if (field.ClrType == typeof(long))
            Copy<long>(number => number);
        else if (field.ClrType == typeof(short))
            Copy<short>(number => number);
        else if (field.ClrType == typeof(byte))
            Copy<byte>(number => number);
        else
            Copy<bool>(number => number ? 1 : 0);

        void Copy<T>(Func<T, double> toDouble)
            where T : struct
        {
            T?[] nullable = field.IsNullable ? new T?[count] : [];
            T[] plain = field.IsNullable ? [] : new T[count];
            if (field.IsNullable)
                group.ReadAsync(field, nullable.AsMemory()).AsTask().GetAwaiter().GetResult();
            else
                group.ReadAsync(field, plain.AsMemory()).AsTask().GetAwaiter().GetResult();
            for (int i = 0; i < count; i++)
            {
                T? stored = field.IsNullable ? nullable[i] : plain[i];
                double number = stored is { } value ? toDouble(value) : double.NaN;
                if (!double.IsFinite(number))
                {
                    string shown = stored is null ? "missing" : Format.Text($"{number}");
                    throw new InvalidDataException(Format.Text(
                        $"{_path}, row {first + i}, column '{field.Name}' is {shown}: a finite number is needed."));
                }

                table[(long)i * _fields.Length + column] = number;
            }
        }
    }

    private static bool IsNumber(Type type) =>
        type == typeof(double) || type == typeof(float) || type == typeof(int) || type == typeof(long) || type == typeof(short)
        || type == typeof(byte) || type == typeof(bool);
}

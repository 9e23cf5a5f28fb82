using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Parquet;
using Parquet.Schema;

namespace GradientDescent.Arrow;

/// <summary>Reads a Parquet file of numbers row by row.</summary>
/// <remarks>
/// Parquet stores the columns of a group of rows one after another. A group can be larger than memory, so its columns are written to a
/// temporary file in the folder of the new one, which is then mapped to read the rows. At most one column of one group is in managed
/// memory.
/// </remarks>
internal sealed class ParquetTable
{
    private const int Piece = 1 << 16; // numbers that are written at a time

    private readonly string _path;
    private readonly string _folder;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields; // features, targets, weights
    private readonly int _featureCount;

    private ParquetTable(string path, string folder, ParquetReader reader, IReadOnlyList<string> targets, string? weights)
    {
        (_path, _folder, _reader) = (path, folder, reader);
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
    /// <param name="folder">The folder for temporary files.</param>
    /// <param name="targets">The columns of the targets.</param>
    /// <param name="weights">The column of the weights, if there is one.</param>
    /// <param name="begin">The function that returns the collector of the rows when the names of the columns are known.</param>
    public static void Read(
        string path, string folder, IReadOnlyList<string> targets, string? weights, Func<ArrowNames, ArrowRows> begin)
    {
        using FileStream file = File.OpenRead(path);
        ParquetReader reader = Parsed(path, () => ParquetReader.CreateAsync(file).GetAwaiter().GetResult());
        try
        {
            ParquetTable table = Parsed(path, () => new ParquetTable(path, folder, reader, targets, weights));
            using ArrowRows rows = begin(table.Names);
            table.ReadInto(rows);
            rows.Complete();
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Reads from the Parquet file. The exceptions of its reader, which are of all types, become one.</summary>
    private static T Parsed<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (InvalidDataException or OutOfMemoryException))
        {
            throw new InvalidDataException($"{path} is not a Parquet file that can be read, or it is cut or damaged: {e.Message}", e);
        }
    }

    private void ReadInto(ArrowRows rows)
    {
        long first = 0;
        double weightSum = 0;
        for (int i = 0; i < _reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = Parsed(_path, () => _reader.OpenRowGroupReader(i));
            int count = Parsed(_path, () => checked((int)group.RowCount));
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
        using FileStream file = Temporary();
        for (int column = 0; column < width; column++)
            CopyColumn(group, column, count, first, file);
        file.Flush();
        using var map = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using MemoryMappedViewAccessor view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* address = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref address);
        try
        {
            double* columns = (double*)address;
            double[] numbers = new double[width];
            int targets = Names.Targets.Length;
            for (long row = 0; row < count; row++)
            {
                for (int column = 0; column < width; column++)
                    numbers[column] = columns[(long)column * count + row];
                double weight = Names.Weights is null ? 1 : numbers[^1];
                if (weight < 0)
                    throw new InvalidDataException(Format.Text($"{_path}, row {first + row}: the weight {weight} is negative."));
                weightSum += weight;
                rows.Add(numbers.AsSpan(0, _featureCount), numbers.AsSpan(_featureCount, targets), weight);
            }
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <summary>Opens a new file that nobody else sees, and that is gone at the end, even at that of a process that is killed.</summary>
    private FileStream Temporary()
    {
        string path = Path.Combine(_folder, $"{Path.GetRandomFileName()}.unfinished");
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
        });
        if (!OperatingSystem.IsWindows())
            File.Delete(path); // the file lives on without a name
        return file;
    }

    /// <summary>Writes a column of a group as numbers in double.</summary>
    private void CopyColumn(ParquetRowGroupReader group, int column, int count, long first, FileStream file)
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
            Parsed(_path, () =>
            {
                Task read = field.IsNullable
                    ? group.ReadAsync(field, nullable.AsMemory()).AsTask()
                    : group.ReadAsync(field, plain.AsMemory()).AsTask();
                read.GetAwaiter().GetResult();
                return count;
            });
            double[] piece = new double[Math.Min(count, Piece)];
            for (int start = 0; start < count; start += piece.Length)
            {
                int length = Math.Min(piece.Length, count - start);
                for (int i = 0; i < length; i++)
                {
                    T? stored = field.IsNullable ? nullable[start + i] : plain[start + i];
                    piece[i] = stored is { } value ? toDouble(value) : double.NaN;
                    if (!double.IsFinite(piece[i]))
                    {
                        string shown = stored is null ? "missing" : Format.Text($"{piece[i]}");
                        throw new InvalidDataException(Format.Text(
                            $"{_path}, row {first + start + i}, column '{field.Name}' is {shown}: a finite number is needed."));
                    }
                }

                file.Write(MemoryMarshal.AsBytes(piece.AsSpan(0, length)));
            }
        }
    }

    private static bool IsNumber(Type type) =>
        type == typeof(double) || type == typeof(float) || type == typeof(int) || type == typeof(long) || type == typeof(short)
        || type == typeof(byte) || type == typeof(bool);
}

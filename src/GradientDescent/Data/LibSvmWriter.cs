using System.Globalization;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Writes samples as a LIBSVM file, with the fewest digits from which each number is read again with the same bits.</summary>
internal sealed class LibSvmWriter(Stream stream, bool isSinglePrecision)
{
    private const int BufferLength = 1 << 16, MaxTokenLength = 64;

    private readonly byte[] _buffer = new byte[BufferLength];
    private int _length;

    /// <summary>Writes all samples of a data set.</summary>
    /// <param name="data">The samples, with one target and without weights.</param>
    /// <param name="firstIndex">The index of the first feature.</param>
    public void Write(Dataset data, int firstIndex)
    {
        SparseTable? table = data.Sparse;
        double[] buffer = new double[table?.MaxNumbersPerRow() ?? 0];
        Dataset.RowReader? rows = table is null ? data.FeatureReader() : null;
        for (int i = 0; i < data.SampleCount; i++)
        {
            Append(data.Targets(i)[0], isSingle: false);
            if (table is not null)
                AppendRow(table.ColumnsOf(i), table.ValuesOf(i, buffer), firstIndex);
            else
                AppendRow(rows!(i), firstIndex);
            Append((byte)'\n');
        }

        Flush();
    }

    private void AppendRow(ReadOnlySpan<int> columns, ReadOnlySpan<double> values, int firstIndex)
    {
        for (int k = 0; k < columns.Length; k++)
            AppendFeature((long)columns[k] + firstIndex, values[k]);
    }

    private void AppendRow(ReadOnlySpan<double> row, int firstIndex)
    {
        for (int j = 0; j < row.Length; j++)
        {
            if (row[j] != 0)
                AppendFeature((long)j + firstIndex, row[j]);
        }
    }

    private void AppendFeature(long index, double value)
    {
        Append((byte)' ');
        Reserve();
        index.TryFormat(_buffer.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
        Append((byte)':');
        Append(value, isSinglePrecision);
    }

    /// <summary>
    /// Appends a number. The fewest digits of a float can be read as a double that is rounded to another float: then those of the double
    /// are written.
    /// </summary>
    private void Append(double number, bool isSingle)
    {
        Reserve();
        Span<byte> target = _buffer.AsSpan(_length);
        int written;
        if (!isSingle || !((float)number).TryFormat(target, out written, default, CultureInfo.InvariantCulture)
            || (float)double.Parse(target[..written], NumberStyles.Float, CultureInfo.InvariantCulture) != (float)number)
        {
            number.TryFormat(target, out written, default, CultureInfo.InvariantCulture);
        }

        _length += written;
    }

    private void Append(byte character)
    {
        Reserve();
        _buffer[_length++] = character;
    }

    private void Reserve()
    {
        if (_buffer.Length - _length < MaxTokenLength)
            Flush();
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
    }
}

using System.Globalization;

namespace GradientDescent;

/// <summary>Writes samples as a LIBSVM file, with the fewest digits from which each number is read again with the same bits.</summary>
internal sealed class LibSvmWriter(Stream stream, int firstIndex, bool isSinglePrecision)
{
    private const int BufferLength = 1 << 16, MaxTokenLength = 64;

    private readonly byte[] _buffer = new byte[BufferLength];
    private int _length;

    /// <summary>Writes a sample whose features are not 0 in the given columns only.</summary>
    public void Write(double target, ReadOnlySpan<int> columns, ReadOnlySpan<double> values)
    {
        Append(target, isSingle: false);
        for (int k = 0; k < columns.Length; k++)
            AppendFeature((long)columns[k] + firstIndex, values[k]);
        Append((byte)'\n');
    }

    /// <summary>Writes a sample whose features include zeros.</summary>
    public void Write(double target, ReadOnlySpan<double> row)
    {
        Append(target, isSingle: false);
        for (int j = 0; j < row.Length; j++)
        {
            if (row[j] != 0)
                AppendFeature((long)j + firstIndex, row[j]);
        }

        Append((byte)'\n');
    }

    /// <summary>Writes what is left in memory to the stream.</summary>
    public void Flush()
    {
        stream.Write(_buffer, 0, _length);
        _length = 0;
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
}

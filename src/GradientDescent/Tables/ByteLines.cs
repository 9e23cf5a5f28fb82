namespace GradientDescent;

/// <summary>Reads the lines of a file of bytes, one after the other.</summary>
internal sealed class ByteLines
{
    private const int FirstBufferLength = 1 << 17, MaxLineLength = 1 << 28;

    private static readonly byte[] _gzip = [0x1F, 0x8B];

    private readonly string _source;
    private readonly Stream _bytes;
    private byte[] _buffer = new byte[FirstBufferLength];
    private int _start, _end;
    private bool _isAtEnd;

    /// <param name="stream">The stream to read from; it is left open.</param>
    /// <param name="source">The name of the file in messages.</param>
    /// <exception cref="InvalidDataException">The file is compressed.</exception>
    public ByteLines(Stream stream, string source)
    {
        (_source, _bytes) = (source, stream);
        Fill();
        if (_buffer.AsSpan(0, _end).StartsWith(_gzip))
            throw new InvalidDataException($"{source} is compressed by gzip: decompress it, or read it through a GZipStream.");
        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _start = "\uFEFF"u8.Length;
    }

    /// <summary>The number of the line that was read last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line, without its end; returns <see langword="false"/> at the end of the file.</summary>
    /// <param name="line">The line; valid until the next one is read.</param>
    /// <exception cref="InvalidDataException">A line is too long.</exception>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0 || _isAtEnd)
            {
                bool isLast = length < 0;
                length = isLast ? _end - _start : searched + length;
                line = _buffer.AsSpan(_start, length);
                bool isThere = !isLast || length > 0;
                _start += isLast ? length : length + 1;
                Number += isThere ? 1 : 0;
                return isThere;
            }

            searched = _end - _start;
            Fill();
        }
    }

    private void Fill()
    {
        int length = _end - _start;
        if (length == _buffer.Length)
        {
            if (length >= MaxLineLength)
                throw new InvalidDataException(Format.Text($"{_source}, line {Number + 1} has more than {MaxLineLength} bytes."));
            Array.Resize(ref _buffer, 2 * length);
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, length).CopyTo(_buffer);
        }

        (_start, _end) = (0, length);
        int free = _buffer.Length - _end, read = _bytes.ReadAtLeast(_buffer.AsSpan(_end), free, throwOnEndOfStream: false);
        _end += read;
        _isAtEnd = read < free;
    }
}

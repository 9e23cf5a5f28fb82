using System.Text;

namespace GradientDescent;

/// <summary>The first line <c>sep=;</c>, with which Excel says the character between two fields.</summary>
internal static class DelimiterLine
{
    /// <summary>More bytes than such a line has: a mark, 5 characters, 2 quotation marks and the line break are 20 in UTF-16.</summary>
    private const int MaxLength = 24;

    private const string Start = "sep=";

    /// <summary>
    /// Moves a stream behind such a line and returns the delimiter and the stream that continues, in UTF-8; leaves the stream where it is
    /// and returns <see langword="null"/> if it does not start with such a line, or cannot be moved back.
    /// </summary>
    public static (char Delimiter, Stream Rows)? Skip(Stream stream)
    {
        if (!stream.CanSeek)
            return null;
        long start = stream.Position;
        Span<byte> buffer = stackalloc byte[MaxLength];
        ReadOnlySpan<byte> bytes = buffer[..stream.ReadAtLeast(buffer, MaxLength, throwOnEndOfStream: false)];
        Encoding encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
        string text = encoding.GetString(bytes);
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        string line = end < 0 ? "" : text[..end].TrimStart('\uFEFF').Trim('"');
        bool isTold = line.Length == Start.Length + 1 && line.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
            && CsvOptions.IsDelimiter(line[^1]);
        if (!isTold)
        {
            stream.Position = start;
            return null;
        }

        int next = end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
        stream.Position = start + encoding.GetByteCount(text.AsSpan(0, next));
        bool isUtf8 = encoding == Encoding.UTF8;
        return (line[^1], isUtf8 ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8, leaveOpen: true));
    }
}

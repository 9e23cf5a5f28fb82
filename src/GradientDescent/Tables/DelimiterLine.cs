namespace GradientDescent;

/// <summary>The first line <c>sep=;</c>, with which Excel says the character between two fields.</summary>
internal static class DelimiterLine
{
    /// <summary>The length of the longest line with a byte-order mark and a line break: 3 + 5 + 2 bytes, in quotation marks.</summary>
    private const int MaxLength = 12;

    /// <summary>
    /// Moves a stream behind such a line and returns the delimiter; leaves the stream where it is and returns <see langword="null"/> if it
    /// does not start with one, or cannot be moved back.
    /// </summary>
    public static char? Skip(Stream stream)
    {
        if (!stream.CanSeek)
            return null;
        long start = stream.Position;
        Span<byte> buffer = stackalloc byte[MaxLength];
        ReadOnlySpan<byte> line = buffer[..stream.ReadAtLeast(buffer, MaxLength, throwOnEndOfStream: false)];
        int mark = line.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        int end = line.IndexOf((byte)'\n');
        ReadOnlySpan<byte> text = end < 0 ? default : line[mark..end].Trim("\r\""u8);
        bool isTold = text.Length == "sep=;".Length && text[..3] is [(byte)'s' or (byte)'S', (byte)'e' or (byte)'E', (byte)'p' or (byte)'P']
            && text[3] == '=' && (text[4] is (byte)';' or (byte)',' or (byte)'\t' or (byte)'|' or (byte)':');
        stream.Position = isTold ? start + end + 1 : start;
        return isTold ? (char)text[4] : null;
    }
}

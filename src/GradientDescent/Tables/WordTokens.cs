using System.Text;

namespace GradientDescent;

/// <summary>
/// The words of a text in UTF-8, with a space between two of them. A word is a run of at least two letters, digits or underscores, as the
/// default pattern of scikit-learn's vectorizers takes it.
/// </summary>
internal sealed class WordTokens
{
    private const int MinLength = 2, MaxBytesPerChar = 3;

    private readonly List<(int Start, int End)> _words = [];
    private byte[] _bytes = new byte[256];

    /// <summary>The number of words.</summary>
    public int Count => _words.Count;

    /// <summary>Splits a text into words, in place of those before.</summary>
    public void Read(string text, bool ignoreCase)
    {
        _words.Clear();
        if (ignoreCase)
            text = text.ToLowerInvariant();
        int needed = checked(MaxBytesPerChar * text.Length + text.Length / MinLength + 1);
        if (_bytes.Length < needed)
            _bytes = new byte[needed];
        int end = 0, start = 0, length = 0, position = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                start = length++ == 0 ? position : start;
            }
            else
            {
                Add();
                length = 0;
            }

            position += rune.Utf16SequenceLength;
        }

        Add();

        void Add()
        {
            if (length < MinLength)
                return;
            int first = end == 0 ? 0 : end + 1;
            if (end > 0)
                _bytes[end] = (byte)' ';
            end = first + Encoding.UTF8.GetBytes(text.AsSpan(start, position - start), _bytes.AsSpan(first));
            _words.Add((first, end));
        }
    }

    /// <summary>Returns neighbouring words, with spaces between them.</summary>
    /// <param name="first">The index of the first word.</param>
    /// <param name="count">The number of words.</param>
    public ReadOnlySpan<byte> Phrase(int first, int count) => _bytes.AsSpan(_words[first].Start.._words[first + count - 1].End);

    private static bool IsOfWord(Rune rune) => Rune.IsLetter(rune) || Rune.IsNumber(rune) || rune.Value == '_';
}

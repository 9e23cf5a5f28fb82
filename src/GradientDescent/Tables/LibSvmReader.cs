using System.Numerics;
using System.Runtime.InteropServices;
using csFastFloat;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Reads a LIBSVM file: each line is a label and the features that are not 0, as INDEX:VALUE in ascending order of the index.
/// </summary>
/// <typeparam name="T">The type in which features are stored.</typeparam>
internal sealed class LibSvmReader<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One less than the largest number, so that the number of features is one too if the first index is 0.</summary>
    private const int MaxIndex = int.MaxValue - 1;

    private readonly string _source;
    private readonly LibSvmOptions _options;
    private readonly Dictionary<double, int> _classes;
    private readonly List<int> _starts = [0];
    private readonly List<int> _columns = [];
    private readonly List<T> _values = [];
    private readonly List<double> _targets = [];
    private long _line;
    private int _largest = -1;
    private bool _hasZero;

    /// <summary>The place of the first index that equals the given number of features: it is too large if the first index is 0.</summary>
    private (long Line, int Position)? _atCount;

    private LibSvmReader(string source, LibSvmOptions options)
    {
        (_source, _options) = (source, options);
        _classes = options.Classes.Index().ToDictionary(label => label.Item, label => label.Index);
    }

    /// <summary>Reads an entire file. Returns the features and the targets.</summary>
    /// <exception cref="InvalidDataException">The file is not valid; the message names the line and the column.</exception>
    public static (SparseTable<T> Features, double[] Targets) Read(Stream stream, string source, LibSvmOptions options)
    {
        var reader = new LibSvmReader<T>(source, options);
        var lines = new ByteLines(stream, source);
        while (lines.Read(out ReadOnlySpan<byte> line))
        {
            reader._line = lines.Number;
            reader.ReadLine(line);
        }

        return reader.Complete();
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf((byte)'#') is var comment and >= 0)
            line = line[..comment];
        if (!NextToken(line, 0, out int start, out int end))
            return;
        _targets.Add(Label(line[start..end], start));
        int last = -1;
        while (NextToken(line, end, out start, out end))
        {
            if (IsQueryId(line[start..end], start))
                continue;
            int colon = Index(line[start..end], start, last, out int index);
            double value = Number(line[(start + colon + 1)..end], start + colon + 1, "the value");
            T stored = T.CreateSaturating(value);
            if (!T.IsFinite(stored))
                throw At(start + colon + 1, $"the value {FieldText.Quoted(line[(start + colon + 1)..end])} is too large for a float.");
            if (_columns.Count == Array.MaxLength)
                throw At(start, Format.Text($"the file has more than {Array.MaxLength} features that are not 0."));
            _columns.Add(index);
            _values.Add(stored);
            last = index;
        }

        _largest = Math.Max(_largest, last);
        _starts.Add(_columns.Count);
    }

    private double Label(ReadOnlySpan<byte> token, int position)
    {
        if (token.Contains((byte)','))
            throw At(position, $"{FieldText.Quoted(token)} has several labels: a sample must have one.");
        if (token.Contains((byte)':'))
            throw At(position, $"{FieldText.Quoted(token)} is a feature: a line must begin with the label.");
        double label = Number(token, position, "the label");
        if (_classes.Count == 0)
            return label;
        return _classes.TryGetValue(label, out int index)
            ? index
            : throw At(position, $"the label {FieldText.Quoted(token)} is not one of the classes {Format.List(_options.Classes)}.");
    }

    private bool IsQueryId(ReadOnlySpan<byte> token, int position)
    {
        if (!token.StartsWith("qid:"u8))
            return false;
        if (!_options.IgnoreQueryIds)
            throw At(position, $"{FieldText.Quoted(token)} is a query identifier, which no model uses: " +
                $"{nameof(LibSvmOptions)}.{nameof(LibSvmOptions.IgnoreQueryIds)} reads past it.");
        return true;
    }

    /// <summary>Reads the index of a feature, and returns the position of the colon behind it.</summary>
    private int Index(ReadOnlySpan<byte> token, int position, int last, out int index)
    {
        long number = 0;
        int i = 0;
        for (; i < token.Length && token[i] is >= (byte)'0' and <= (byte)'9'; i++)
            number = Math.Min(10 * number + (token[i] - (byte)'0'), long.MaxValue / 16);
        if (i == 0 || i == token.Length || token[i] != (byte)':')
            throw At(position, $"{FieldText.Quoted(token)} is not INDEX:VALUE, such as 3:0.5, with a whole number as index.");
        if (number > MaxIndex)
            throw At(position, Format.Text($"the index of {FieldText.Quoted(token)} is too large: at most {MaxIndex} is allowed."));
        index = (int)number;
        if (index <= last)
            throw At(position, index == last
                ? Format.Text($"the index {index} occurs twice: each index can occur once in a line.")
                : Format.Text($"the index {index} is behind the index {last}: indices must be in ascending order."));
        CheckRange(index, position);
        return i;
    }

    private void CheckRange(int index, int position)
    {
        LibSvmIndexing indexing = _options.Indexing;
        if (index == 0 && indexing == LibSvmIndexing.OneBased)
            throw At(position, "the index is 0: the first index is 1, unless the file is zero-based.");
        _hasZero |= index == 0;
        if (_options.FeatureCount is not { } count || index < count)
            return;
        if (index > count || indexing == LibSvmIndexing.ZeroBased || (indexing == LibSvmIndexing.Automatic && _hasZero))
            throw TooLarge(_line, position, indexing == LibSvmIndexing.ZeroBased || _hasZero);
        _atCount ??= (_line, position);
    }

    private double Number(ReadOnlySpan<byte> token, int position, string what)
    {
        if (token.Length == 1 && token[0] is >= (byte)'0' and <= (byte)'9')
            return token[0] - (byte)'0';
        bool isNumber = FastDoubleParser.TryParseDouble(token, out int length, out double number) && length == token.Length;
        if (isNumber && double.IsFinite(number))
            return number;
        string problem = isNumber && token.ContainsAnyInRange((byte)'0', (byte)'9')
            ? Format.Text($"is too large: numbers have at most the size {double.MaxValue:E4}")
            : "is not a finite number";
        throw At(position, token.IsEmpty ? $"{what} is missing." : $"{what} {FieldText.Quoted(token)} {problem}.");
    }

    private (SparseTable<T> Features, double[] Targets) Complete()
    {
        if (_targets.Count == 0)
            throw new InvalidDataException($"{_source} has no samples: at least one is needed.");
        bool isZeroBased = _options.Indexing == LibSvmIndexing.ZeroBased
            || (_options.Indexing == LibSvmIndexing.Automatic && _hasZero);
        if (isZeroBased && _atCount is var (line, position))
            throw TooLarge(line, position, isZeroBased: true);
        if (!isZeroBased)
        {
            foreach (ref int column in CollectionsMarshal.AsSpan(_columns))
                column--;
        }

        int count = _options.FeatureCount ?? (isZeroBased ? _largest + 1 : _largest);
        if (count < 1)
            throw new InvalidDataException($"{_source} has no features: {nameof(LibSvmOptions)}.{nameof(LibSvmOptions.FeatureCount)} " +
                "must say how many there are.");
        return (new SparseTable<T>([.. _starts], [.. _columns], [.. _values], count), [.. _targets]);
    }

    private InvalidDataException TooLarge(long line, int position, bool isZeroBased)
    {
        int count = _options.FeatureCount!.Value;
        (int first, int last) = isZeroBased ? (0, count - 1) : (1, count);
        return At(line, position, Format.Text($"the index is larger than {last}: {Format.Count(count, "feature")} were given, ") +
            Format.Text($"and the first has the index {first}."));
    }

    /// <summary>Finds the next word of a line that is separated by blanks.</summary>
    private static bool NextToken(ReadOnlySpan<byte> line, int from, out int start, out int end)
    {
        start = from;
        while (start < line.Length && IsBlank(line[start]))
            start++;
        end = start;
        while (end < line.Length && !IsBlank(line[end]))
            end++;
        return start < end;
    }

    private static bool IsBlank(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\v' or (byte)'\f';

    private InvalidDataException At(int position, string problem) => At(_line, position, problem);

    private InvalidDataException At(long line, int position, string problem) =>
        new(Format.Text($"{_source}, line {line}, column {position + 1}: {problem}"));
}

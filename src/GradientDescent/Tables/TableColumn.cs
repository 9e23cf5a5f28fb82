using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace GradientDescent;

/// <summary>
/// The fields of one column. They are kept as UTF-8, one after the other; strings and numbers are made when they are needed.
/// </summary>
internal sealed class TableColumn
{
    private readonly byte[] _text;
    private readonly int[] _ends;
    private readonly FieldFormat _format;
    private readonly Lazy<ImmutableArray<string>> _strings;
    private readonly Lazy<double[]> _numbers;

    private TableColumn(byte[] text, int[] ends, FieldFormat format)
    {
        (_text, _ends, _format) = (text, ends, format);
        _strings = new(() => ImmutableCollectionsMarshal.AsImmutableArray(
            Array.ConvertAll(Enumerable.Range(0, ends.Length).ToArray(), row => this[row])));
        _numbers = new(ParseNumbers);
    }

    /// <summary>All fields, in the form of <see cref="FieldText.Level"/>.</summary>
    public ImmutableArray<string> Strings => _strings.Value;

    /// <summary>The number of each field; NaN if it is missing or is not a finite number.</summary>
    public ReadOnlySpan<double> Numbers => _numbers.Value;

    /// <summary>Whether every field is a number or missing.</summary>
    public bool IsNumeric => FirstRow((row, isNumber) => !isNumber && !_format.IsMissing(this[row])) < 0;

    /// <summary>The field of a row.</summary>
    public string this[int row] => Encoding.UTF8.GetString(Bytes(row));

    /// <summary>The field of a row in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        int start = row == 0 ? 0 : _ends[row - 1];
        return _text.AsSpan(start, _ends[row] - start);
    }

    /// <summary>Whether the value of a row is missing.</summary>
    public bool IsMissing(int row) => double.IsNaN(Numbers[row]) && _format.IsMissing(this[row]);

    /// <summary>The first row whose value is missing, or −1.</summary>
    public int FirstMissing() => FirstRow((row, isNumber) => !isNumber && _format.IsMissing(this[row]));

    private int FirstRow(Func<int, bool, bool> condition)
    {
        ReadOnlySpan<double> numbers = Numbers;
        for (int row = 0; row < numbers.Length; row++)
        {
            if (condition(row, !double.IsNaN(numbers[row])))
                return row;
        }

        return -1;
    }

    private double[] ParseNumbers()
    {
        double[] numbers = new double[_ends.Length];
        for (int row = 0; row < numbers.Length; row++)
            numbers[row] = _format.Number(Bytes(row)) ?? double.NaN;
        return numbers;
    }

    /// <summary>Collects the fields of a column.</summary>
    public sealed class Builder
    {
        private readonly List<int> _ends = [];
        private byte[] _text = new byte[1024];
        private int _length;

        /// <summary>Adds a field, which is in UTF-8.</summary>
        /// <exception cref="InvalidDataException">The fields of the column have more than 2 GB together.</exception>
        public void Add(ReadOnlySpan<byte> field)
        {
            if (_text.Length - _length < field.Length)
                Grow(field.Length);
            field.CopyTo(_text.AsSpan(_length));
            _length += field.Length;
            _ends.Add(_length);
        }

        public TableColumn Build(FieldFormat format) => new(_text.AsSpan(0, _length).ToArray(), [.. _ends], format);

        private void Grow(int more)
        {
            long needed = (long)_length + more;
            if (needed > Array.MaxLength)
                throw new InvalidDataException("The fields of a column have more than 2 GB together.");
            Array.Resize(ref _text, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _text.Length)));
        }
    }
}

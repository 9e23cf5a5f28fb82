using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace GradientDescent;

/// <summary>
/// The fields of one column: their numbers, and their text in UTF-8, one after the other. Strings are made when they are needed.
/// </summary>
internal sealed class TableColumn
{
    /// <summary>The byte behind each field. UTF-8 does not use it.</summary>
    private const byte End = 0xFF;

    /// <summary>The number of rows after which the place of a field is stored. The fields between are found by their ends.</summary>
    private const int RowsPerStart = 16;

    private readonly byte[] _text;
    private readonly int[] _starts;
    private readonly double[] _numbers;
    private readonly int _rowCount;
    private readonly int _missingOrTextCount;
    private readonly FieldFormat _format;
    private readonly Lazy<ImmutableArray<string>> _strings;

    /// <remarks>The arrays can be longer than the column.</remarks>
    private TableColumn(byte[] text, int[] starts, double[] numbers, int rowCount, int missingOrTextCount, FieldFormat format)
    {
        (_text, _starts, _numbers, _rowCount, _missingOrTextCount) = (text, starts, numbers, rowCount, missingOrTextCount);
        _format = format;
        _strings = new(() => ImmutableCollectionsMarshal.AsImmutableArray(
            Array.ConvertAll(Enumerable.Range(0, rowCount).ToArray(), row => this[row])));
    }

    /// <summary>All fields, in the form of <see cref="FieldText.Level"/>.</summary>
    public ImmutableArray<string> Strings => _strings.Value;

    /// <summary>The number of each field; NaN if it is missing or is not a finite number.</summary>
    public ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, _rowCount);

    /// <summary>The number of a field; NaN if it is missing or is not a finite number.</summary>
    public double Number(int row) => _numbers[row];

    /// <summary>Whether every field is a number.</summary>
    public bool HasNumbersOnly => _missingOrTextCount == 0;

    /// <summary>Whether every field is a number or missing.</summary>
    public bool IsNumeric => FirstRow(isMissing: false) < 0;

    /// <summary>The field of a row.</summary>
    public string this[int row] => Encoding.UTF8.GetString(Bytes(row));

    /// <summary>The field of a row in UTF-8.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        ReadOnlySpan<byte> rest = _text.AsSpan(_starts[row / RowsPerStart]);
        for (int skipped = row % RowsPerStart; skipped > 0; skipped--)
            rest = rest[(rest.IndexOf(End) + 1)..];
        return rest[..rest.IndexOf(End)];
    }

    /// <summary>Returns a column with the given rows.</summary>
    public TableColumn Rows(IReadOnlyList<int> rows)
    {
        var column = new Builder(_format);
        foreach (int row in rows)
            column.Add(Bytes(row));
        return column.Build();
    }

    /// <summary>Whether the value of a row is missing.</summary>
    public bool IsMissing(int row) => double.IsNaN(_numbers[row]) && _format.IsMissing(this[row]);

    /// <summary>The number of missing values.</summary>
    public int MissingCount() => HasNumbersOnly ? 0 : Enumerable.Range(0, _rowCount).Count(IsMissing);

    /// <summary>The first row whose value is missing, or −1.</summary>
    public int FirstMissing() => FirstRow(isMissing: true);

    /// <summary>The first row that has no number and is missing or is not, or −1.</summary>
    private int FirstRow(bool isMissing)
    {
        for (int row = 0; row < _rowCount && !HasNumbersOnly; row++)
        {
            if (double.IsNaN(_numbers[row]) && _format.IsMissing(this[row]) == isMissing)
                return row;
        }

        return -1;
    }

    /// <summary>Collects the fields of a column. Its memory becomes that of the column.</summary>
    public sealed class Builder(FieldFormat format)
    {
        private byte[] _text = new byte[1024];
        private int[] _starts = new int[16];
        private double[] _numbers = new double[256];
        private int _length, _rowCount, _missingOrTextCount;

        /// <summary>Adds a field, which is in UTF-8.</summary>
        /// <exception cref="InvalidDataException">The fields of the column have more than 2 GB together.</exception>
        public void Add(ReadOnlySpan<byte> field)
        {
            if (_text.Length - _length <= field.Length)
                Grow(field.Length + 1);
            if (_rowCount == _numbers.Length)
                Resize((int)Math.Min(Array.MaxLength, 2L * _rowCount));
            if (_rowCount % RowsPerStart == 0)
                _starts[_rowCount / RowsPerStart] = _length;
            double? number = format.Number(field);
            _missingOrTextCount += number is null ? 1 : 0;
            _numbers[_rowCount++] = number ?? double.NaN;
            field.CopyTo(_text.AsSpan(_length));
            _length += field.Length;
            _text[_length++] = End;
        }

        /// <summary>Allocates the memory for a number of rows whose fields are as long as those so far.</summary>
        public void Reserve(int rowCount)
        {
            double length = (double)_length / Math.Max(1, _rowCount) * rowCount;
            Array.Resize(ref _text, (int)Math.Clamp(length, _text.Length, Array.MaxLength));
            Resize(Math.Max(rowCount, _numbers.Length));
        }

        public TableColumn Build() => new(_text, _starts, _numbers, _rowCount, _missingOrTextCount, format);

        private void Resize(int rowCount)
        {
            Array.Resize(ref _numbers, rowCount);
            Array.Resize(ref _starts, rowCount / RowsPerStart + 1);
        }

        private void Grow(int more)
        {
            long needed = (long)_length + more;
            if (needed > Array.MaxLength)
                throw new InvalidDataException("The fields of a column have more than 2 GB together.");
            Array.Resize(ref _text, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _text.Length)));
        }
    }
}

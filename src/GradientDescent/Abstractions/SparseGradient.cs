namespace GradientDescent;

/// <summary>A gradient of which only some entries are stored; the others are 0.</summary>
/// <remarks>
/// The stored entries, the <em>support</em>, are those of the parameters that the loss of a batch depends on. Clearing and adding cost as
/// much as the entries that are stored, whatever the length is.
/// </remarks>
/// <example><code>
/// var gradient = new SparseGradient(length: 1_000_000);
/// gradient.Add(700_000, 0.5);
/// gradient.Add(3, -1);
/// gradient.Add(700_000, 1);
/// Console.WriteLine($"{gradient.Count} entries, the first is {gradient.Values[0]}");   // 2 entries, the first is 1.5
/// </code></example>
public sealed class SparseGradient
{
    private int[] _indices = [];
    private double[] _values = [];
    private int[] _places = []; // of an index, in _indices; a number that is left from earlier is recognised, because it does not fit

    /// <summary>Creates a gradient without entries.</summary>
    /// <param name="length">The number of parameters, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than 1.</exception>
    public SparseGradient(int length) => Length = Guard.AtLeast(length, 1);

    /// <summary>The number of parameters.</summary>
    public int Length { get; }

    /// <summary>The number of stored entries.</summary>
    public int Count { get; private set; }

    /// <summary>The indices of the stored entries: each once, in any order.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, Count);

    /// <summary>The stored entries, in the order of <see cref="Indices"/>; they may be changed.</summary>
    public Span<double> Values => _values.AsSpan(0, Count);

    /// <summary>Removes all entries.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds an entry to the support, with the value 0 if it is new.</summary>
    /// <param name="index">The index of the parameter, from 0 to <see cref="Length"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the vector.</exception>
    public void Include(int index) => PlaceOf(index);

    /// <summary>Adds a number to an entry.</summary>
    /// <param name="index">The index of the parameter, from 0 to <see cref="Length"/> − 1.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the vector.</exception>
    public void Add(int index, double value)
    {
        int place = PlaceOf(index); // before the values are read: it may replace their array
        _values[place] += value;
    }

    /// <summary>Returns the number of stored entries and the length as text.</summary>
    public override string ToString() => Format.Text($"{Count} of {Length} entries");

    /// <summary>Replaces the support by one with the given number of entries, and returns the memory for their indices.</summary>
    /// <remarks>The caller writes each index once. Until the next <see cref="Clear"/>, entries are not found by index.</remarks>
    internal Span<int> Replace(int count)
    {
        EnsureCapacity(count);
        Count = count;
        return _indices.AsSpan(0, count);
    }

    private int PlaceOf(int index)
    {
        if (_places.Length == 0)
            _places = new int[Length];
        int place = _places[Guard.Index(index, Length)];
        if ((uint)place < (uint)Count && _indices[place] == index)
            return place;
        EnsureCapacity(Count + 1);
        place = Count++;
        (_indices[place], _values[place], _places[index]) = (index, 0, place);
        return place;
    }

    private void EnsureCapacity(int count)
    {
        if (count <= _indices.Length)
            return;
        int capacity = Math.Max(count, Math.Min(Length, 2 * _indices.Length));
        Array.Resize(ref _indices, capacity);
        Array.Resize(ref _values, capacity);
    }
}

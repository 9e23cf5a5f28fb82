namespace GradientDescent;

/// <summary>
/// A series in bounded memory. When it is full, every second item is removed, and the interval between kept items is doubled.
/// </summary>
/// <param name="capacity">The maximum number of items, even.</param>
internal sealed class Thinned<T>(int capacity) where T : struct
{
    private readonly T[] _kept = new T[capacity];

    public int Count { get; private set; }

    /// <summary>The interval: one of every this many items is kept.</summary>
    public long Every { get; private set; } = 1;

    public T? Last { get; private set; }

    public ReadOnlySpan<T> Kept => _kept.AsSpan(0, Count);

    /// <param name="position">The position of the item in the series, from 0.</param>
    /// <param name="item">The item.</param>
    public void Add(long position, T item)
    {
        Last = item;
        if (Count == capacity && position % Every == 0)
        {
            Every *= 2;
            Count /= 2;
            for (int i = 0; i < Count; i++)
                _kept[i] = _kept[2 * i];
        }

        if (position % Every != 0)
            return;
        _kept[Count++] = item;
    }

    /// <summary>Returns the kept items and always the last item.</summary>
    public T[] ToArray() => Last is { } last && (Count == 0 || !_kept[Count - 1].Equals(last)) ? [.. Kept, last] : [.. Kept];

    /// <summary>Restores the saved contents of a series.</summary>
    public void Restore(ReadOnlySpan<T> kept, T? last, long every)
    {
        kept.CopyTo(_kept);
        (Count, Last, Every) = (kept.Length, last, every);
    }
}

namespace GradientDescent;

/// <summary>A series in bounded memory: when it is full, every second item goes and from then on only every second one is kept.</summary>
/// <param name="capacity">Items kept at most, even.</param>
internal sealed class Thinned<T>(int capacity) where T : struct
{
    private readonly T[] _kept = new T[capacity];

    public int Count { get; private set; }

    /// <summary>Of so many items one is kept.</summary>
    public long Every { get; private set; } = 1;

    public T? Last { get; private set; }

    public ReadOnlySpan<T> Kept => _kept.AsSpan(0, Count);

    /// <param name="position">The item's place in the series, from 0.</param>
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

    /// <summary>What is kept, and always the last item.</summary>
    public T[] ToArray() => Last is { } last && (Count == 0 || !_kept[Count - 1].Equals(last)) ? [.. Kept, last] : [.. Kept];

    /// <summary>Puts the series where another one stood.</summary>
    public void Restore(ReadOnlySpan<T> kept, T? last, long every)
    {
        kept.CopyTo(_kept);
        (Count, Last, Every) = (kept.Length, last, every);
    }
}

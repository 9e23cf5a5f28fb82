using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GradientDescent.Kernels;

/// <summary>Rows of a table in one precision, by index.</summary>
internal readonly ref struct RowView<T>(
    ReadOnlySpan<T> storage, int columnCount, int stride, ReadOnlySpan<int> indices, ReadOnlySpan<int> upcoming, bool isReadOnce = false)
    : IMatrixRows<T>
    where T : unmanaged
{
    public readonly ReadOnlySpan<T> Storage = storage;
    public readonly ReadOnlySpan<int> Indices = indices;
    public readonly ReadOnlySpan<int> Upcoming = upcoming;
    public readonly int Stride = stride;

    /// <summary>Whether only products with the rows follow, and no sums of them.</summary>
    public readonly bool IsReadOnce = isReadOnce;

    /// <summary>The part of each upcoming row that is prefetched.</summary>
    private int PrefetchStart { get; init; }

    private int PrefetchLength { get; init; } = columnCount;

    public int Count => Indices.Length;

    public int ColumnCount { get; } = columnCount;

    public ReadOnlySpan<T> this[int row] => Storage.Slice(Indices[row] * Stride, ColumnCount);

    /// <summary>The rows from the given one on.</summary>
    public RowView<T> From(int first) => new(
        Storage, ColumnCount, Stride, Indices[first..], Upcoming[Math.Min(first, Upcoming.Length)..], IsReadOnce)
    {
        PrefetchStart = PrefetchStart,
        PrefetchLength = PrefetchLength,
    };

    public RowView<T> WithoutUpcoming() => new(Storage, ColumnCount, Stride, Indices, []);

    /// <summary>
    /// The same rows for one of several passes over them, each of which prefetches a part of the upcoming rows. All requests at once would
    /// wait for each other.
    /// </summary>
    public RowView<T> ForPass(int pass, int passCount)
    {
        int start = ColumnCount * pass / passCount, end = ColumnCount * (pass + 1) / passCount;
        return new(Storage, ColumnCount, Stride, Indices, Upcoming, IsReadOnce) { PrefetchStart = start, PrefetchLength = end - start };
    }

    /// <summary>Whether a vector of eight may be read at the end of a row: beyond the columns is the row's own padding of zeros.</summary>
    public bool IsPadded => Stride % 8 == 0;

    /// <summary>The first element of a row. The slice checks that the whole row lies in the storage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Start(int row) => ref MemoryMarshal.GetReference(Storage.Slice(Indices[row] * Stride, ColumnCount));

    /// <summary>
    /// Prefetches the upcoming row at the same position into the second-level cache. This hides the memory latency of a shuffled order, and
    /// of four rows that are read side by side. The first-level cache has no room for it: with 32 KB, gradients took 1.8 times as long.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchUpcoming(int row)
    {
        if (row < Upcoming.Length)
            Prefetch.IntoSecondLevel(Storage.Slice(Upcoming[row] * Stride + PrefetchStart, PrefetchLength));
    }

    /// <summary>Prefetches upcoming rows before the products of four rows: two of them if their sums follow, otherwise four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchForFourProducts(int first)
    {
        PrefetchUpcoming(first);
        PrefetchUpcoming(first + 1);
        if (!IsReadOnce)
            return;
        PrefetchUpcoming(first + 2);
        PrefetchUpcoming(first + 3);
    }

    /// <summary>Prefetches the two upcoming rows that <see cref="PrefetchForFourProducts"/> has left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchForFourSums(int first)
    {
        PrefetchUpcoming(first + 2);
        PrefetchUpcoming(first + 3);
    }
}

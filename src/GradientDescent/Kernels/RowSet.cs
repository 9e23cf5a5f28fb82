using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GradientDescent.Kernels;

/// <summary>Rows of a table by index: those to work on, and those that will be asked for soon.</summary>
internal readonly ref struct RowSet(ReadOnlySpan<double> storage, int columnCount, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming)
{
    public readonly ReadOnlySpan<double> Storage = storage;
    public readonly ReadOnlySpan<int> Rows = rows;
    public readonly ReadOnlySpan<int> Upcoming = upcoming;
    public readonly int ColumnCount = columnCount;
    public readonly int Stride = stride;

    public ReadOnlySpan<double> this[int row] => Storage.Slice(Rows[row] * Stride, ColumnCount);

    public RowSet WithoutUpcoming() => new(Storage, ColumnCount, Stride, Rows, []);

    /// <summary>Whether a vector of eight may be read at the end of a row: what lies beyond the columns is the row's own padding of zeros.</summary>
    public bool IsPadded => Stride % 8 == 0;

    /// <summary>Where a row begins; the whole row is known to lie in the storage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref double Start(int row) => ref MemoryMarshal.GetReference(Storage.Slice(Rows[row] * Stride, ColumnCount));

    /// <summary>Asks the memory for the row that will be wanted in the place of this one: hides the latency of a shuffled order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchInPlaceOf(int row)
    {
        if (row < Upcoming.Length)
            Prefetch(Storage.Slice(Upcoming[row] * Stride, ColumnCount));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch<T>(ReadOnlySpan<T> row) where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        const int LineBytes = 64;
        byte* line = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(row)); // a hint: an address that is no longer right does no harm
        byte* end = line + row.Length * sizeof(T);
        for (; line < end; line += LineBytes)
            Sse.Prefetch0(line);
    }
}

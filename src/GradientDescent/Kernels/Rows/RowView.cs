using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace GradientDescent.Kernels;

/// <summary>Rows of a table by index, whatever the table is kept in: those to work on, and those that will be asked for soon.</summary>
internal readonly ref struct RowView
{
    private readonly ReadOnlySpan<double> _wide;
    private readonly ReadOnlySpan<float> _narrow;
    private readonly ReadOnlySpan<int> _rows;
    private readonly ReadOnlySpan<int> _upcoming;
    private readonly RowBuffer? _tile;
    private readonly int _stride;

    public RowView(ReadOnlySpan<double> storage, int columnCount, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming)
    {
        _wide = storage;
        _rows = rows;
        _upcoming = upcoming;
        _stride = stride;
        ColumnCount = columnCount;
    }

    /// <param name="storage">The table.</param>
    /// <param name="columnCount">Numbers in a row.</param>
    /// <param name="stride">Distance between rows.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="upcoming">Rows that will be asked for soon.</param>
    /// <param name="tile">Memory for the rows in double, theirs until it is given to another set.</param>
    public RowView(ReadOnlySpan<float> storage, int columnCount, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming, RowBuffer tile)
        : this([], columnCount, stride, rows, upcoming)
    {
        _narrow = storage;
        _tile = tile;
        tile.Clear();
    }

    public int Count => _rows.Length;

    public int ColumnCount { get; }

    public bool IsInFloat => _tile is not null;

    /// <summary>The rows as they are kept, where that is float.</summary>
    public RowView<float> InFloat => new(_narrow, ColumnCount, _stride, _rows, _upcoming);

    /// <summary>The rows in double: those of the table, or widened into the tile when they are first asked for.</summary>
    public RowView<double> InDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_tile is null)
                return new(_wide, ColumnCount, _stride, _rows, _upcoming);
            _tile.Widen(InFloat);
            return new(_tile.Values, ColumnCount, _tile.Stride, _tile.Indices[..Count], []);
        }
    }
}

/// <summary>Rows of a table in double or float.</summary>
internal readonly ref struct RowView<T>(ReadOnlySpan<T> storage, int columnCount, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming)
    where T : unmanaged
{
    public readonly ReadOnlySpan<T> Storage = storage;
    public readonly ReadOnlySpan<int> Rows = rows;
    public readonly ReadOnlySpan<int> Upcoming = upcoming;
    public readonly int ColumnCount = columnCount;
    public readonly int Stride = stride;

    public ReadOnlySpan<T> this[int row] => Storage.Slice(Rows[row] * Stride, ColumnCount);

    public RowView<T> WithoutUpcoming() => new(Storage, ColumnCount, Stride, Rows, []);

    /// <summary>Whether a vector of eight may be read at the end of a row: what lies beyond the columns is the row's own padding of zeros.</summary>
    public bool IsPadded => Stride % 8 == 0;

    /// <summary>Where a row begins; the whole row is known to lie in the storage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Start(int row) => ref MemoryMarshal.GetReference(Storage.Slice(Rows[row] * Stride, ColumnCount));

    /// <summary>Asks the memory for the row that will be wanted in the place of this one: hides the latency of a shuffled order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchInPlaceOf(int row)
    {
        if (row >= Upcoming.Length || !Sse.IsSupported)
            return;
        const int LineBytes = 64;
        ref T start = ref MemoryMarshal.GetReference(Storage.Slice(Upcoming[row] * Stride, ColumnCount));
        byte* line = (byte*)Unsafe.AsPointer(ref start); // a hint: an address that is no longer right does no harm
        byte* end = line + ColumnCount * sizeof(T);
        for (; line < end; line += LineBytes)
            Sse.Prefetch0(line);
    }
}

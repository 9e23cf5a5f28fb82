namespace GradientDescent.Kernels;

/// <summary>Memory for some rows in double, small enough to stay in the first-level cache. It is allocated at the first use.</summary>
internal sealed class RowBuffer(int rowCount, int columnCount)
{
    private AlignedArray<double>? _values;
    private AlignedArray<float>? _floats;
    private int[] _indices = [];
    private bool _isFilled;

    /// <summary>The distance between the starts of two rows, a multiple of 8.</summary>
    public int Stride { get; } = (columnCount + 7) & ~7;

    /// <summary>The widened rows.</summary>
    public ReadOnlySpan<double> Values => _values is null ? [] : _values.Span;

    /// <summary>0, 1, 2, …: one index for each row, and as many for the rows that follow them.</summary>
    public ReadOnlySpan<int> Indices => _indices.Length > 0 ? _indices : _indices = [.. Enumerable.Range(0, 2 * rowCount)];

    /// <summary>Marks the buffer as empty.</summary>
    public void Clear() => _isFilled = false;

    /// <summary>Copies rows in float, which is exact, unless the buffer is filled already.</summary>
    public void Widen(RowView<float> rows)
    {
        if (_isFilled)
            return;
        RowConversion.Widen(in rows, Allocated(), Stride);
        _isFilled = true;
    }

    /// <summary>Writes sparse rows with all their zeros, unless the buffer is filled already.</summary>
    public void Expand(SparseTable table, ReadOnlySpan<int> rows)
    {
        if (_isFilled)
            return;
        Span<double> values = Allocated();
        for (int i = 0; i < rows.Length; i++)
            table.Expand(rows[i], values[(i * Stride)..]);
        _isFilled = true;
    }

    /// <summary>Returns the memory for rows that the caller writes. Its padding is 0 and stays so.</summary>
    public Span<double> Fill()
    {
        _isFilled = true;
        return Allocated();
    }

    /// <summary>Returns the memory for rows in float that the caller writes. Its padding is 0 and stays so.</summary>
    /// <param name="scratch">The memory for one row in double.</param>
    public Span<float> FillFloats(out Span<double> scratch)
    {
        scratch = Allocated()[..columnCount];
        return (_floats ??= new AlignedArray<float>(rowCount * Stride)).Span;
    }

    private Span<double> Allocated() => (_values ??= new AlignedArray<double>(rowCount * Stride)).Span;
}

namespace GradientDescent.Kernels;

/// <summary>Memory for some rows in double, small enough to stay in the innermost cache.</summary>
internal sealed class RowTile
{
    private readonly AlignedArray<double> _values;
    private readonly int[] _indices;
    private readonly int _columnCount;
    private readonly int _stride;

    public RowTile(int rowCount, int columnCount)
    {
        _columnCount = columnCount;
        _stride = (columnCount + 7) & ~7;
        _values = new AlignedArray<double>(rowCount * _stride);
        _indices = [.. Enumerable.Range(0, rowCount)];
    }

    /// <summary>Copies rows of a table in float, exactly, and returns them.</summary>
    public RowSet Widen(ReadOnlySpan<float> table, int stride, ReadOnlySpan<int> rows, ReadOnlySpan<int> upcoming)
    {
        RowConversion.Widen(table, stride, rows, upcoming, _columnCount, _values.Span, _stride);
        return new RowSet(_values.Span, _columnCount, _stride, _indices.AsSpan(0, rows.Length), []);
    }
}

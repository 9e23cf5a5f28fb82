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

    /// <summary>A row to be written; what lies beyond its columns is 0 and stays so.</summary>
    public Span<double> Row(int row) => _values.Span.Slice(row * _stride, _columnCount);

    public RowSet Rows(int count) => new(_values.Span, _columnCount, _stride, _indices.AsSpan(0, count), []);
}

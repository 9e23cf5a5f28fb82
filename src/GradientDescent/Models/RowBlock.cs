namespace GradientDescent;

/// <summary>Some rows of features, as a model sees them: neighbours in memory or picked from it.</summary>
public readonly ref struct RowBlock
{
    private readonly ReadOnlySpan<double> _storage;
    private readonly ReadOnlySpan<int> _rows;
    private readonly int _stride;

    /// <summary>Rows of a larger array.</summary>
    /// <param name="storage">Rows one after another.</param>
    /// <param name="columnCount">Numbers in a row.</param>
    /// <param name="stride">Distance from one row to the next, at least <paramref name="columnCount"/>.</param>
    /// <param name="rows">Which rows, by index.</param>
    internal RowBlock(ReadOnlySpan<double> storage, int columnCount, int stride, ReadOnlySpan<int> rows)
    {
        _storage = storage;
        _rows = rows;
        _stride = stride;
        ColumnCount = columnCount;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>Number of features in a row.</summary>
    public int ColumnCount { get; }

    /// <summary>The features of one row.</summary>
    /// <param name="row">From 0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<double> this[int row] => _storage.Slice(_rows[row] * _stride, ColumnCount);
}

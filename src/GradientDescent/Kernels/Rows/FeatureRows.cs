using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Some rows of features, as a model sees them: adjacent in memory, or picked by index.</summary>
public readonly ref struct FeatureRows
{
    private readonly ReadOnlySpan<double> _wide;
    private readonly ReadOnlySpan<float> _narrow;
    private readonly ReadOnlySpan<int> _indices;
    private readonly ReadOnlySpan<int> _upcoming;
    private readonly RowBuffer? _buffer;
    private readonly int _stride;
    private readonly bool _isReadOnce;

    /// <summary>Rows of a table in double.</summary>
    /// <param name="storage">The table's numbers.</param>
    /// <param name="columnCount">The number of features in a row.</param>
    /// <param name="stride">The distance between the starts of two rows.</param>
    /// <param name="indices">The indices of the rows in the table.</param>
    /// <param name="upcoming">The indices of rows that will be read soon; they are prefetched.</param>
    /// <param name="isReadOnce">Whether the model computes scores only, and no gradient.</param>
    internal FeatureRows(
        ReadOnlySpan<double> storage, int columnCount, int stride, ReadOnlySpan<int> indices, ReadOnlySpan<int> upcoming, bool isReadOnce)
    {
        _wide = storage;
        _indices = indices;
        _upcoming = upcoming;
        _stride = stride;
        _isReadOnce = isReadOnce;
        ColumnCount = columnCount;
    }

    /// <summary>Rows of a table in float.</summary>
    /// <param name="storage">The table's numbers.</param>
    /// <param name="columnCount">The number of features in a row.</param>
    /// <param name="stride">The distance between the starts of two rows.</param>
    /// <param name="indices">The indices of the rows in the table.</param>
    /// <param name="upcoming">The indices of rows that will be read soon; they are prefetched.</param>
    /// <param name="isReadOnce">Whether the model computes scores only, and no gradient.</param>
    /// <param name="buffer">Memory for these rows in double. It is theirs until it is given to other rows.</param>
    internal FeatureRows(ReadOnlySpan<float> storage, int columnCount, int stride, ReadOnlySpan<int> indices, ReadOnlySpan<int> upcoming,
        bool isReadOnce, RowBuffer buffer)
        : this([], columnCount, stride, indices, upcoming, isReadOnce)
    {
        _narrow = storage;
        _buffer = buffer;
        buffer.Clear();
    }

    /// <summary>Rows of a sparse table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="indices">The indices of the rows in the table.</param>
    /// <param name="upcoming">The indices of rows that will be read soon; they are prefetched.</param>
    /// <param name="buffer">Memory for these rows with all their zeros. It is theirs until it is given to other rows.</param>
    internal FeatureRows(SparseTable table, ReadOnlySpan<int> indices, ReadOnlySpan<int> upcoming, RowBuffer buffer)
        : this([], table.ColumnCount, 0, indices, upcoming, isReadOnce: false)
    {
        Sparse = table;
        _buffer = buffer;
        buffer.Clear();
    }

    /// <summary>Number of rows.</summary>
    public int Count => _indices.Length;

    /// <summary>Number of features in a row.</summary>
    public int ColumnCount { get; }

    /// <summary>
    /// The seed of random numbers for these rows, such as masks; <see langword="null"/>: the rows are measured, without random numbers. See
    /// <see cref="SampleBatch.RandomSeed"/>.
    /// </summary>
    public long? RandomSeed { get; internal init; }

    /// <summary>The number of the first sample of the table in the data of all ranks.</summary>
    internal int FirstSample { get; init; }

    /// <summary>The number of a row's sample in the data. It does not depend on the batch that the sample is in.</summary>
    /// <param name="row">The row's position among these rows, from 0 to <see cref="Count"/> − 1.</param>
    public int SampleAt(int row) => FirstSample + (Samples.IsEmpty ? _indices[row] : Samples[row]);

    /// <summary>The rows' numbers in the table, if the memory that is viewed holds only these rows; empty if it holds the table.</summary>
    internal ReadOnlySpan<int> Samples { get; init; }

    /// <summary>The features of one row.</summary>
    /// <param name="row">The row's position among these rows, from 0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<double> this[int row]
    {
        get
        {
            ReadInDouble(out RowView<double> rows);
            return rows[row];
        }
    }

    /// <summary>Whether the table is stored in float.</summary>
    internal bool IsInFloat => _buffer is not null && Sparse is null;

    /// <summary>The table that the rows are in, if it is sparse.</summary>
    internal SparseTable? Sparse { get; }

    /// <summary>The indices of the rows in their table.</summary>
    internal ReadOnlySpan<int> Indices => _indices;

    /// <summary>The indices of rows that will be read soon.</summary>
    internal ReadOnlySpan<int> Upcoming => _upcoming;

    /// <summary>The rows as they are stored, for a table in float.</summary>
    internal RowView<float> InFloat => new(_narrow, ColumnCount, _stride, _indices, _upcoming, _isReadOnce);

    /// <summary>
    /// Gets the rows in double. Rows of a table in float, and sparse rows, are written into the buffer at the first request.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void ReadInDouble(out RowView<double> rows)
    {
        if (_buffer is null)
            rows = new(_wide, ColumnCount, _stride, _indices, _upcoming, _isReadOnce);
        else
            Widen(_buffer, out rows);
    }

    private void Widen(RowBuffer buffer, out RowView<double> rows)
    {
        if (Sparse is { } table)
            buffer.Expand(table, _indices);
        else
            buffer.Widen(InFloat);
        rows = new(buffer.Values, ColumnCount, buffer.Stride, buffer.Indices[..Count], []);
    }
}

namespace GradientDescent.Kernels;

/// <summary>Memory for some rows in double, small enough to stay in the innermost cache. It is taken when it is first wanted.</summary>
internal sealed class RowBuffer(int rowCount, int columnCount)
{
    private AlignedArray<double>? _values;
    private int[] _indices = [];
    private bool _isFilled;

    /// <summary>Distance between rows.</summary>
    public int Stride { get; } = (columnCount + 7) & ~7;

    /// <summary>What has been widened.</summary>
    public ReadOnlySpan<double> Values => _values is null ? [] : _values.Span;

    /// <summary>0, 1, 2, …: one index for each row.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>What was widened is wanted no more.</summary>
    public void Clear() => _isFilled = false;

    /// <summary>Copies rows in float, exactly, unless they are here already.</summary>
    public void Widen(RowView<float> rows)
    {
        if (_isFilled)
            return;
        if (_values is null)
            (_values, _indices) = (new AlignedArray<double>(rowCount * Stride), [.. Enumerable.Range(0, rowCount)]);
        RowConversion.Widen(in rows, _values.Span, Stride);
        _isFilled = true;
    }
}

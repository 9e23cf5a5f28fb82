namespace GradientDescent;

/// <summary>Collects the features of a row that are not 0, one column of the table after the other.</summary>
internal sealed class FeatureRow
{
    private int[] _indices = new int[16];
    private double[] _values = new double[16];
    private int _count;

    /// <summary>The index of the first feature of the current column among all features.</summary>
    public int FirstOfColumn { get; set; }

    /// <summary>The words of a text; this memory is used again for each text.</summary>
    public WordTokens Words { get; } = new();

    /// <summary>The indices of the features, in ascending order.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, _count);

    /// <summary>The values of the features.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>Begins another row.</summary>
    public void Clear() => (_count, FirstOfColumn) = (0, 0);

    /// <summary>Adds a feature of the current column; 0 is not stored.</summary>
    /// <param name="feature">
    /// The index within the column: greater than those before it, unless <see cref="AddSums"/> adds the column.
    /// </param>
    /// <param name="value">The value.</param>
    public void Add(int feature, double value)
    {
        if (value == 0)
            return;
        if (_count == _indices.Length)
        {
            Array.Resize(ref _indices, 2 * _count);
            Array.Resize(ref _values, 2 * _count);
        }

        _indices[_count] = FirstOfColumn + feature;
        _values[_count++] = value;
    }

    /// <summary>
    /// Sorts the features of the current column, of which some can occur several times in any order, and adds those of the same index.
    /// Their values are whole numbers, so that the order of the sums does not matter. Returns the values, which the caller can scale.
    /// </summary>
    public Span<double> AddSums()
    {
        int start = _count;
        while (start > 0 && _indices[start - 1] >= FirstOfColumn)
            start--;
        Array.Sort(_indices, _values, start, _count - start);
        int end = start;
        for (int i = start; i < _count;)
        {
            int index = _indices[i];
            double sum = 0;
            for (; i < _count && _indices[i] == index; i++)
                sum += _values[i];
            if (sum != 0)
                (_indices[end], _values[end++]) = (index, sum);
        }

        _count = end;
        return _values.AsSpan(start, end - start);
    }

    /// <summary>Writes the row with its zeros.</summary>
    public void CopyTo(Span<double> features)
    {
        features.Clear();
        for (int i = 0; i < _count; i++)
            features[_indices[i]] = _values[i];
    }
}

namespace GradientDescent;

/// <summary>The rows of a data set whose number is known only at the end. They are stored where the data set keeps them.</summary>
internal sealed class CollectedRows(int featureCount, int targetCount, bool hasWeights) : ICsvRows
{
    private const int FirstCapacity = 64;

    private double[] _targets = new double[FirstCapacity * targetCount];
    private double[] _weights = new double[hasWeights ? FirstCapacity : 0];
    private int _capacity = FirstCapacity;

    /// <summary>The features, with room for more rows.</summary>
    public DoubleStorage Features { get; } = new(FirstCapacity, featureCount);

    public int Count { get; private set; }

    public int TargetCount => targetCount;

    public void Add(ReadOnlySpan<double> features, ReadOnlySpan<double> targets, double weight)
    {
        if (Count == _capacity)
            Resize((int)Math.Max(Count + 1, Math.Min(2L * Count, Features.MaxSampleCount)));
        Features.Write(Count, features);
        targets.CopyTo(_targets.AsSpan(Count * targetCount));
        if (hasWeights)
            _weights[Count] = weight;
        Count++;
    }

    public void Reserve(int rowCount) => Resize(Math.Clamp(rowCount, _capacity, Math.Max(_capacity, Features.MaxSampleCount)));

    /// <summary>
    /// Ends the features and the weights behind the last row, and returns targets and weights. The targets keep the memory behind the last
    /// row, unless that is much.
    /// </summary>
    public (double[] Targets, double[]? Weights) Complete()
    {
        Features.Resize(Count);
        if (_capacity / 4 * 3 > Count)
            Array.Resize(ref _targets, Count * targetCount);
        if (hasWeights)
            Array.Resize(ref _weights, Count);
        return (_targets, hasWeights ? _weights : null);
    }

    private void Resize(int rowCount)
    {
        Features.Resize(rowCount);
        Array.Resize(ref _targets, rowCount * targetCount);
        if (hasWeights)
            Array.Resize(ref _weights, rowCount);
        _capacity = rowCount;
    }
}

namespace GradientDescent;

/// <summary>
/// The message in which ranks add sums: for each slot a vector, a loss and a weight. A rank fills its slots; the others stay 0.
/// </summary>
internal sealed class SumMessage
{
    private const int SumLength = 2;

    private double[] _numbers = [];
    private int _slotCount;
    private int _vectorLength;

    /// <summary>Gets the sum of losses and weights of a slot.</summary>
    public LossSum this[int slot]
    {
        get => new(_numbers[EndOf(slot)], _numbers[EndOf(slot) + 1]);
        set => (_numbers[EndOf(slot)], _numbers[EndOf(slot) + 1]) = (value.Loss, value.Weight);
    }

    /// <summary>Begins a message whose numbers are all 0.</summary>
    /// <param name="slotCount">The number of slots.</param>
    /// <param name="vectorLength">The length of a vector; 0 if only values are added.</param>
    /// <exception cref="InvalidOperationException">The message is longer than an array can be.</exception>
    public void Begin(int slotCount, int vectorLength)
    {
        long length = slotCount * (vectorLength + (long)SumLength);
        if (length > Array.MaxLength)
            throw new InvalidOperationException(Format.Text(
                $"The ranks would send {length} numbers, {slotCount} vectors of {vectorLength}: shard the data with fastSums: true."));
        (_slotCount, _vectorLength) = (slotCount, vectorLength);
        if (_numbers.Length < Length)
            _numbers = new double[Length];
        else
            _numbers.AsSpan(0, Length).Clear();
    }

    /// <summary>The vector of a slot.</summary>
    public Span<double> VectorOf(int slot) => _numbers.AsSpan(EndOf(slot) - _vectorLength, _vectorLength);

    /// <summary>Adds the messages of all ranks.</summary>
    public void Send(ICollective collective) => collective.Sum(_numbers.AsSpan(0, Length));

    private int Length => _slotCount * (_vectorLength + SumLength);

    private int EndOf(int slot) => slot * (_vectorLength + SumLength) + _vectorLength;
}

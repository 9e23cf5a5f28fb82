namespace GradientDescent;

/// <summary>The message in which ranks add sums: for each slot a gradient, a loss and a weight. A rank fills its slots; the others stay 0.</summary>
internal sealed class SumMessage
{
    private const int SumLength = 2;

    private double[] _numbers = [];
    private int _slotCount;
    private int _gradientLength;

    /// <summary>Gets the sum of losses and weights of a slot.</summary>
    public LossSum this[int slot]
    {
        get => new(_numbers[EndOf(slot)], _numbers[EndOf(slot) + 1]);
        set => (_numbers[EndOf(slot)], _numbers[EndOf(slot) + 1]) = (value.Loss, value.Weight);
    }

    /// <summary>Begins a message whose numbers are all 0.</summary>
    /// <param name="slotCount">The number of slots.</param>
    /// <param name="gradientLength">The length of a gradient; 0 if only values are added.</param>
    public void Begin(int slotCount, int gradientLength)
    {
        (_slotCount, _gradientLength) = (slotCount, gradientLength);
        if (_numbers.Length < Length)
            _numbers = new double[Length];
        else
            _numbers.AsSpan(0, Length).Clear();
    }

    /// <summary>The gradient of a slot.</summary>
    public Span<double> GradientOf(int slot) => _numbers.AsSpan(EndOf(slot) - _gradientLength, _gradientLength);

    /// <summary>Adds the messages of all ranks.</summary>
    public void Send(ICollective collective) => collective.Sum(_numbers.AsSpan(0, Length));

    private int Length => _slotCount * (_gradientLength + SumLength);

    private int EndOf(int slot) => slot * (_gradientLength + SumLength) + _gradientLength;
}

using GradientDescent.Kernels;

namespace GradientDescent;

// Functions of many operands, one node each.
internal sealed partial class Tape
{
    private TapeGroup[] _groups = [];
    private int[] _indices = [];
    private double[] _numbers = [];
    private int _groupCount;
    private int _indexCount;
    private int _numberCount;

    /// <summary>Reserves a list of operands, which the caller writes.</summary>
    public Operands NewList(int count, out Span<int> indices)
    {
        int place = Reserve(ref _indices, ref _indexCount, count);
        indices = _indices.AsSpan(place, count);
        return new() { Place = place };
    }

    /// <summary>Stores numbers and returns their place.</summary>
    public int Store(ReadOnlySpan<double> numbers)
    {
        int place = Reserve(ref _numbers, ref _numberCount, numbers.Length);
        numbers.CopyTo(_numbers.AsSpan(place));
        return place;
    }

    /// <summary>Reserves numbers, which the caller writes, and returns their place.</summary>
    public int NewNumbers(int count, out Span<double> numbers)
    {
        int place = Reserve(ref _numbers, ref _numberCount, count);
        numbers = _numbers.AsSpan(place, count);
        return place;
    }

    /// <summary>Numbers that were stored. They move when more are stored.</summary>
    public Span<double> Numbers(int place, int count) => _numbers.AsSpan(place, count);

    /// <summary>The number of numbers that are stored.</summary>
    public int NumberCount => _numberCount;

    /// <summary>Forgets the numbers from a place on.</summary>
    public void Release(int place) => _numberCount = place;

    /// <summary>Adds a function of many operands.</summary>
    public long Add(in TapeGroup group)
    {
        int place = Reserve(ref _groups, ref _groupCount, 1);
        _groups[place] = group;
        return Add(place, TapeNode.Group, 0, 0);
    }

    private static int Reserve<T>(ref T[] array, ref int count, int length)
    {
        int place = count;
        if (array.Length - place < length)
            Array.Resize(ref array, Math.Max(checked(place + length), 2 * array.Length));
        count = place + length;
        return place;
    }

    private void SweepGroup(int number, double adjoint)
    {
        ref TapeGroup group = ref _groups[number];
        double factor = group.Kind == GroupKind.Squares ? 2 * adjoint : adjoint;
        Scatter(_adjoints, group.Left, factor, Numbers(group.LeftNumbers, group.Count));
        if (group.Kind == GroupKind.Inner)
            Scatter(_adjoints, group.Right, factor, Numbers(group.RightNumbers, group.Count));
    }

    /// <summary>target[operand i] += factor · number i.</summary>
    private void Scatter(double[] target, Operands operands, double factor, ReadOnlySpan<double> numbers)
    {
        if (operands.AreConstant)
            return;
        if (operands.Place < 0)
        {
            Reductions.AddScaled(target.AsSpan(operands.First, numbers.Length), factor, numbers);
            return;
        }

        ReadOnlySpan<int> indices = _indices.AsSpan(operands.Place, numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
            target[indices[i]] += factor * numbers[i];
    }

    /// <summary>Σ source[operand i] · number i.</summary>
    private double Gather(double[] source, Operands operands, ReadOnlySpan<double> numbers)
    {
        if (operands.AreConstant)
            return 0;
        if (operands.Place < 0)
            return Reductions.Dot<double, double>(numbers, source.AsSpan(operands.First, numbers.Length));
        double sum = 0;
        ReadOnlySpan<int> indices = _indices.AsSpan(operands.Place, numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
            sum += source[indices[i]] * numbers[i];
        return sum;
    }

    private int NodeOf(Operands operands, int i) => operands.Place >= 0
        ? _indices[operands.Place + i]
        : operands.First == 0 ? 0 : operands.First + i;
}

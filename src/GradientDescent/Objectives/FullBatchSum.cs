using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The sum over all samples, with the same bits on any number of threads or processes.</summary>
/// <remarks>
/// The samples are cut into at most 64 parts, which depend only on the number of samples. Each part has its own gradient. The gradients are
/// added in pairs, in a tree that depends only on the number of parts. A process that has some of the parts needs to send only their sums.
/// </remarks>
internal sealed class FullBatchSum
{
    private const int MaxParts = 64;

    // With shorter parts, adding the gradients would take longer than evaluating the samples.
    private const int MinPartLength = 64;

    // The number of gradient entries of the parts that are evaluated in one call; they should fit in a second-level cache.
    private const int GroupNumbers = 1 << 16;

    private readonly IStochasticObjective _objective;
    private readonly IMeasuredSum? _measured;
    private readonly double[] _gradientAndSquares;
    private readonly int _partLength;
    private readonly int _partCount;
    private readonly int _groupSize;
    private readonly LossSum[] _sums;
    private readonly AlignedArray<double>[] _levels;
    private readonly LossSum[] _levelSums;
    private readonly bool[] _isPending;
    private AlignedArray<double>? _gradients;

    /// <param name="objective">The sum over samples.</param>
    /// <param name="measures">Whether <see cref="Squares"/> are computed with each gradient.</param>
    public FullBatchSum(IStochasticObjective objective, bool measures = false)
    {
        _objective = objective;
        _measured = measures ? objective as IMeasuredSum : null;
        _gradientAndSquares = _measured is null ? [] : new double[objective.ParameterCount + _measured.SquareCount];
        int samples = objective.SampleCount;
        _partLength = Math.Max(MinPartLength, (samples + MaxParts - 1) / MaxParts);
        _partCount = (samples + _partLength - 1) / _partLength;
        int fitting = Math.Clamp(GroupNumbers / objective.ParameterCount, 1, MaxParts);
        _groupSize = Math.Min(1 << int.Log2(fitting), (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_partCount));
        _sums = new LossSum[Math.Min(_groupSize, _partCount)];
        int levels = int.Log2(MaxParts) + 1;
        _levels = new AlignedArray<double>[levels];
        _levelSums = new LossSum[levels];
        _isPending = new bool[levels];
    }

    /// <summary>Σ wᵢrᵢ² of each output at the parameters of the last gradient; see <see cref="IMeasuredSum"/>.</summary>
    public ReadOnlySpan<double> Squares => _gradientAndSquares.AsSpan(_measured is null ? 0 : _objective.ParameterCount);

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) over all samples and writes Σ wᵢ∇ℓᵢ.</summary>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="gradient">The gradient, to be written; empty: only the value is computed.</param>
    /// <param name="epoch">The epoch that the batch belongs to.</param>
    /// <param name="randomSeed">The seed of random numbers; <see langword="null"/>: the samples are measured.</param>
    public LossSum Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient, long epoch = 0, long? randomSeed = null)
    {
        if (_measured is null || gradient.IsEmpty)
            return Sum(parameters, gradient, epoch, randomSeed);
        LossSum sum = Sum(parameters, _gradientAndSquares, epoch, randomSeed);
        _gradientAndSquares.AsSpan(0, gradient.Length).CopyTo(gradient);
        return sum;
    }

    private LossSum Sum(ReadOnlySpan<double> parameters, Span<double> gradient, long epoch, long? randomSeed)
    {
        SampleBatch all = SampleBatch.FromRange(0, _objective.SampleCount, epoch) with { RandomSeed = randomSeed };
        if (_partCount == 1)
        {
            EvaluateParts(parameters, in all, gradient, _sums);
            return _sums[0];
        }

        if (!gradient.IsEmpty)
            _gradients ??= new AlignedArray<double>(_groupSize * gradient.Length);
        for (int first = 0, group = 0; first < _partCount; first += _groupSize, group++)
        {
            int count = Math.Min(_groupSize, _partCount - first), start = first * _partLength;
            SampleBatch batch = all.Slice(start, Math.Min(count * _partLength, all.Count - start));
            Span<double> gradients = gradient.IsEmpty ? [] : _gradients!.Span[..(count * gradient.Length)];
            EvaluateParts(parameters, in batch, gradients, _sums.AsSpan(0, count));
            AddPairs(_sums.AsSpan(0, count), gradients, gradient.Length);
            Push(group, gradients.IsEmpty ? [] : gradients[..gradient.Length], _sums[0]);
        }

        return Collect(gradient);
    }

    private void EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradients, Span<LossSum> sums)
    {
        if (_measured is null || gradients.IsEmpty)
            _objective.EvaluateParts(parameters, in batch, _partLength, gradients, sums);
        else
            _measured.MeasureParts(parameters, in batch, _partLength, gradients, sums);
    }

    /// <summary>Adds the parts of a group in pairs until the first holds the sum of all.</summary>
    private static void AddPairs(Span<LossSum> sums, Span<double> gradients, int length)
    {
        for (int distance = 1; distance < sums.Length; distance *= 2)
        {
            for (int k = 0; k + distance < sums.Length; k += 2 * distance)
            {
                sums[k] += sums[k + distance];
                if (!gradients.IsEmpty)
                    Reductions.AddScaled<double>(gradients.Slice(k * length, length), 1, gradients.Slice((k + distance) * length, length));
            }
        }
    }

    /// <summary>Adds the sum of a group to the tree: two neighbours of a level become one of the next level.</summary>
    private void Push(int group, ReadOnlySpan<double> gradient, LossSum sum)
    {
        int level = 0;
        Span<double> target = [];
        for (; (group >> level & 1) == 1; level++)
        {
            // The earlier neighbour is the left operand.
            sum = _levelSums[level] + sum;
            _isPending[level] = false;
            if (gradient.IsEmpty)
                continue;
            target = _levels[level].Span;
            Reductions.AddScaled(target, 1, gradient);
            gradient = target;
        }

        _levelSums[level] = sum;
        _isPending[level] = true;
        if (gradient.IsEmpty)
            return;
        if (_levels[level] is null || _levels[level].Length != gradient.Length)
            _levels[level] = new AlignedArray<double>(gradient.Length);
        gradient.CopyTo(_levels[level].Span);
    }

    /// <summary>Adds the remaining sums of the tree, from the last group to the first.</summary>
    private LossSum Collect(Span<double> gradient)
    {
        LossSum total = default;
        bool isFirst = true;
        for (int level = 0; level < _isPending.Length; level++)
        {
            if (!_isPending[level])
                continue;
            _isPending[level] = false;
            total = isFirst ? _levelSums[level] : _levelSums[level] + total;
            if (!gradient.IsEmpty)
            {
                if (isFirst)
                    _levels[level].Span.CopyTo(gradient);
                else
                    AddLeft(_levels[level].Span, gradient);
            }

            isFirst = false;
        }

        return total;
    }

    /// <summary>right ← left + right. Addition commutes, so the order of the operands changes no bit.</summary>
    private static void AddLeft(ReadOnlySpan<double> left, Span<double> right) => Reductions.AddScaled(right, 1, left);
}

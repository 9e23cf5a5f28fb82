using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Sums over mini-batches whose samples are divided among ranks.</summary>
/// <remarks>
/// Where each rank has its own rows only, it evaluates its samples of a batch, and one message adds the sums: bits depend on the number of
/// ranks. Where each rank has all rows, the blocks of a batch are divided, sent separately and added in the order in which one process adds
/// them; a batch of one block is evaluated by all ranks, because sending would take longer.
/// </remarks>
internal sealed class DividedBatches
{
    private const int MessageNumbers = 1 << 20;
    private const int MaxBlocks = 64;

    private readonly IStochasticObjective _objective;
    private readonly Sharding _sharding;
    private readonly int _blockRows;
    private readonly int _partSize;
    private readonly LossSum[] _sum = new LossSum[1];
    private readonly List<(int Start, int Count, bool EndsPart)> _blocks = [];
    private readonly SumMessage _message = new();

    private DividedBatches(IShardedSum objective, Sharding sharding, int partSize) =>
        (_objective, _sharding, _blockRows, _partSize) = (objective, sharding, objective.BlockRows, partSize);

    /// <summary>Returns the sums for a problem; <see langword="null"/> if batches are not divided.</summary>
    public static DividedBatches? For(TrainingProblem problem) =>
        problem is { IsFull: false, Objective: IShardedSum { Sharding: { } sharding } sum }
            ? new DividedBatches(sum, sharding, problem.PartSize)
            : null;

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) over a batch and writes Σ wᵢ∇ℓᵢ, if wanted.</summary>
    public LossSum Sum(ReadOnlySpan<double> at, in SampleBatch batch, Span<double> gradient) =>
        _sharding.KeepsAllRows ? SumOfBlocks(at, in batch, gradient) : SumOfShards(at, in batch, gradient);

    private LossSum SumOfShards(ReadOnlySpan<double> at, in SampleBatch batch, Span<double> gradient)
    {
        (int first, int count) = _sharding.Own;
        int start = PlaceOf(first, in batch), end = PlaceOf(first + count, in batch);
        _message.Begin(1, gradient.Length);
        if (end > start)
            _message[0] = Evaluate(at, batch.Slice(start, end - start), _message.VectorOf(0));
        _message.Send(_sharding.Collective);
        _message.VectorOf(0).CopyTo(gradient);
        return _message[0];
    }

    /// <summary>Returns the place of the first sample in a batch that is at least the given one. A batch is in ascending order.</summary>
    private static int PlaceOf(int sample, in SampleBatch batch)
    {
        if (batch.Count == 0)
            return 0;
        if (batch.IsRange)
            return Math.Clamp(sample - batch[0], 0, batch.Count);
        int low = 0, high = batch.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (batch.Indices[middle] < sample)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private LossSum SumOfBlocks(ReadOnlySpan<double> at, in SampleBatch batch, Span<double> gradient)
    {
        Cut(batch.Count);
        if (_blocks.Count == 1)
            return Evaluate(at, in batch, gradient);
        gradient.Clear();
        LossSum total = default, ofPart = default;
        int ranks = _sharding.Collective.Size, rank = _sharding.Collective.Rank;
        int wave = Math.Clamp(MessageNumbers / (gradient.Length + 1), 1, MaxBlocks);
        for (int first = 0; first < _blocks.Count; first += wave)
        {
            int count = Math.Min(wave, _blocks.Count - first);
            _message.Begin(count, gradient.Length);
            for (int i = rank * count / ranks; i < (rank + 1) * count / ranks; i++)
            {
                (int start, int rows, _) = _blocks[first + i];
                _message[i] = Evaluate(at, batch.Slice(start, rows), _message.VectorOf(i));
            }

            _message.Send(_sharding.Collective);
            for (int i = 0; i < count; i++)
            {
                if (!gradient.IsEmpty)
                    Reductions.AddScaled<double>(gradient, 1, _message.VectorOf(i));
                ofPart += _message[i];
                if (!_blocks[first + i].EndsPart)
                    continue;
                total += ofPart;
                ofPart = default;
            }
        }

        return total;
    }

    /// <summary>Lists the blocks in which one process evaluates the parts of a batch.</summary>
    private void Cut(int count)
    {
        _blocks.Clear();
        int partSize = Math.Min(_partSize, count);
        for (int part = 0; part < count; part += partSize)
        {
            int end = Math.Min(part + partSize, count);
            for (int start = part; start < end; start += _blockRows)
                _blocks.Add((start, Math.Min(_blockRows, end - start), start + _blockRows >= end));
        }
    }

    private LossSum Evaluate(ReadOnlySpan<double> at, in SampleBatch batch, Span<double> gradient)
    {
        _objective.EvaluateParts(at, in batch, Math.Max(batch.Count, 1), gradient, _sum);
        return _sum[0];
    }
}

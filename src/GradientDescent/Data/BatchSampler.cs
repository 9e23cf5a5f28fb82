using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Chooses the samples of each batch: a pure function of (seed, epoch, batch).</summary>
/// <remarks>The samples of a batch are in ascending order, so that one batch of all samples has the bits of the full batch.</remarks>
internal sealed class BatchSampler
{
    private const int FetchAhead = 8;

    private readonly int _batchSize;
    private readonly bool _dropLast;
    private readonly SampleOrder _order;
    private readonly long _seed;
    private readonly int[] _samples;
    private long _preparedEpoch = -1;

    /// <param name="sampleCount">Number of samples, at least 1.</param>
    /// <param name="batchSize">Samples in a batch, at least 1; a larger number than that of the samples means all samples.</param>
    /// <param name="order">The order within an epoch.</param>
    /// <param name="dropLast">Whether a shorter last batch is left out.</param>
    /// <param name="seed">The seed of the random orders.</param>
    public BatchSampler(int sampleCount, int batchSize, SampleOrder order, bool dropLast, long seed)
    {
        _batchSize = Math.Min(batchSize, sampleCount);
        _order = order;
        _dropLast = dropLast;
        _seed = seed;
        BatchesPerEpoch = dropLast ? sampleCount / _batchSize : (sampleCount + _batchSize - 1) / _batchSize;
        _samples = new int[sampleCount];
        for (int i = 0; i < sampleCount; i++)
            _samples[i] = i;
        if (IsFull)
            _order = SampleOrder.Sequential;
    }

    /// <summary>Number of batches in an epoch, at least 1.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Number of samples in all batches of an epoch.</summary>
    public long SamplesPerEpoch => (long)(BatchesPerEpoch - 1) * _batchSize + SizeOf(BatchesPerEpoch - 1);

    /// <summary>Whether each batch holds each sample once.</summary>
    public bool IsFull => _batchSize == _samples.Length && _order != SampleOrder.WithReplacement;

    /// <summary>The samples of a batch; valid until the next call.</summary>
    public ReadOnlySpan<int> Draw(long epoch, int batch)
    {
        if (epoch != _preparedEpoch && _order != SampleOrder.Sequential)
            Prepare(epoch);
        return _samples.AsSpan(batch * _batchSize, SizeOf(batch));
    }

    /// <summary>Number of samples in a batch; the last batch of an epoch may be shorter.</summary>
    public int SizeOf(int batch) => Math.Min(_batchSize, _samples.Length - batch * _batchSize);

    /// <summary>Samples of this epoch after the batch, as many as the batch has, to be prefetched while the batch is processed.</summary>
    /// <remarks>They begin at least eight samples ahead, so that there is time to fetch them.</remarks>
    public ReadOnlySpan<int> Upcoming(int batch)
    {
        int start = Math.Min(batch * _batchSize + Math.Max(_batchSize, FetchAhead), _samples.Length);
        return _samples.AsSpan(start, Math.Min(_batchSize, _samples.Length - start));
    }

    /// <summary>All settings that choose the samples of a batch.</summary>
    public override string ToString()
    {
        if (IsFull)
            return "all samples";
        string seed = _order == SampleOrder.Sequential ? "" : Format.Text($", seed {_seed}");
        return Format.Text($"{_batchSize}, {_order}{seed}{(_dropLast ? ", last dropped" : "")}");
    }

    private void Prepare(long epoch)
    {
        var random = new CounterRandom(_seed, epoch);
        if (_order == SampleOrder.Shuffled)
        {
            random.Permutation(_samples);
        }
        else
        {
            for (int i = 0; i < _samples.Length; i++)
                _samples[i] = random.Below(_samples.Length, i);
        }

        if (_batchSize > 1)
        {
            for (int batch = 0; batch < BatchesPerEpoch; batch++)
                _samples.AsSpan(batch * _batchSize, SizeOf(batch)).Sort();
        }

        _preparedEpoch = epoch;
    }
}

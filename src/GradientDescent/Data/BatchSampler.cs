using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Chooses the samples of each batch, as a pure function of (seed, epoch, batch).</summary>
/// <remarks>The samples of a batch are in ascending order, so that one batch of all samples has the bits of the full batch.</remarks>
internal sealed class BatchSampler
{
    private const int FetchAhead = 8;
    private const long MaskStream = -5;

    private int _batchSize;
    private readonly bool _dropLast;
    private readonly SampleOrder _order;
    private readonly long _seed;
    private int _sampleCount;
    private readonly int[] _samples;
    private readonly WindowOrder? _windows;
    private readonly int _windowRows;
    private long _preparedEpoch = -1;
    private int _preparedBatch = -1;

    /// <param name="sampleCount">Number of samples, at least 1.</param>
    /// <param name="batchSize">Samples in a batch, at least 1; a larger number than that of the samples means all samples.</param>
    /// <param name="order">The order within an epoch.</param>
    /// <param name="dropLast">Whether a shorter last batch is left out.</param>
    /// <param name="seed">The seed of the random orders.</param>
    /// <param name="windowRows">The number of rows that are shuffled together with <see cref="SampleOrder.BlockShuffled"/>.</param>
    public BatchSampler(
        int sampleCount, int batchSize, SampleOrder order, bool dropLast, long seed, int windowRows = WindowOrder.DefaultRows)
    {
        _batchSize = Math.Min(batchSize, sampleCount);
        _order = order;
        _dropLast = dropLast;
        _seed = seed;
        BatchesPerEpoch = dropLast ? sampleCount / _batchSize : (sampleCount + _batchSize - 1) / _batchSize;
        _sampleCount = sampleCount;
        if (IsFull)
            _order = SampleOrder.Sequential;
        if (_order == SampleOrder.BlockShuffled)
            (_windows, _windowRows, _samples) = (new WindowOrder(sampleCount, windowRows, seed), windowRows, new int[_batchSize]);
        else
            _samples = _order == SampleOrder.Sequential ? [] : [.. Enumerable.Range(0, sampleCount)];
    }

    /// <summary>Batches that arrive: each has the samples that are there when it is drawn.</summary>
    private BatchSampler()
    {
        (_samples, _order, BatchesPerEpoch, IsArriving) = ([], SampleOrder.Sequential, int.MaxValue, true);
        (_sampleCount, _batchSize) = (1, 1);
    }

    /// <summary>Creates a sampler for batches that arrive one after another without an end.</summary>
    public static BatchSampler Arriving() => new();

    /// <summary>Whether batches arrive, in any size.</summary>
    public bool IsArriving { get; }

    /// <summary>Sets the number of samples of the batch that has arrived.</summary>
    public void Arrive(int sampleCount) => (_sampleCount, _batchSize) = (sampleCount, sampleCount);

    /// <summary>Number of batches in an epoch, at least 1.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Number of samples in all batches of an epoch.</summary>
    public long? SamplesPerEpoch => IsArriving ? null : (long)(BatchesPerEpoch - 1) * _batchSize + SizeOf(BatchesPerEpoch - 1);

    /// <summary>Whether every batch is every sample once.</summary>
    public bool IsFull => !IsArriving && _batchSize == _sampleCount && _order != SampleOrder.WithReplacement;

    /// <summary>The samples of a batch; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // a batch that is returned by a call is copied, which takes longer than to draw it
    public SampleBatch Draw(long epoch, int batch)
    {
        if (_windows is not null)
            return DrawFromWindow(_windows, epoch, batch);
        bool isRange = _order == SampleOrder.Sequential;
        if (!isRange && epoch != _preparedEpoch)
            Prepare(epoch);
        int start = IsArriving ? 0 : batch * _batchSize, count = SizeOf(batch);
        ReadOnlySpan<int> indices = isRange ? [] : _samples.AsSpan(start, count), upcoming = isRange ? [] : Upcoming(batch);
        return new SampleBatch(start, count, isRange, indices, upcoming, epoch, batch) { RandomSeed = RandomSeed(epoch, batch) };
    }

    /// <summary>The seed of random numbers for a batch; see <see cref="SampleBatch.RandomSeed"/>.</summary>
    public long RandomSeed(long epoch, int batch) =>
        (long)new CounterRandom((long)new CounterRandom(_seed, MaskStream).Bits(epoch), MaskStream).Bits(batch);

    /// <summary>The sample of a batch of one, and a sample that will be read soon, or −1.</summary>
    public (int Sample, int Upcoming) DrawOne(long epoch, int batch)
    {
        if (_order == SampleOrder.Sequential)
            return (batch, -1); // the processor sees what comes next
        if (_windows is not null)
        {
            ReadOnlySpan<int> rows = _windows.From(epoch, batch);
            return (rows[0], rows.Length > FetchAhead ? rows[FetchAhead] : -1);
        }

        if (epoch != _preparedEpoch)
            Prepare(epoch);
        int ahead = batch + FetchAhead;
        return (_samples[batch], ahead < _samples.Length ? _samples[ahead] : -1);
    }

    /// <summary>A sample that follows in an epoch of batches of one, or −1.</summary>
    /// <param name="batch">The batch, of the epoch that was drawn from last.</param>
    /// <param name="distance">The number of batches between it and that sample.</param>
    public int Following(int batch, int distance)
    {
        int place = batch + distance;
        return place >= _sampleCount || _windows is not null ? -1 : _order == SampleOrder.Sequential ? place : _samples[place];
    }

    /// <summary>Number of samples in a batch: the last of an epoch may be shorter.</summary>
    public int SizeOf(int batch) => IsArriving ? _sampleCount : Math.Min(_batchSize, _sampleCount - batch * _batchSize);

    /// <summary>
    /// Samples of this epoch that follow the batch at some distance, as many as the batch has. They are prefetched while the batch is
    /// evaluated.
    /// </summary>
    private ReadOnlySpan<int> Upcoming(int batch)
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
        string window = _windows is null ? "" : Format.Text($", window {_windowRows}");
        return Format.Text($"{_batchSize}, {_order}{seed}{window}{(_dropLast ? ", last dropped" : "")}");
    }

    private SampleBatch DrawFromWindow(WindowOrder windows, long epoch, int batch)
    {
        int start = batch * _batchSize, count = SizeOf(batch);
        Span<int> indices = _samples.AsSpan(0, count);
        if ((epoch, batch) != (_preparedEpoch, _preparedBatch))
        {
            windows.CopyTo(epoch, start, indices);
            indices.Sort();
            (_preparedEpoch, _preparedBatch) = (epoch, batch);
        }

        int next = start + count;
        ReadOnlySpan<int> upcoming = next < _sampleCount ? windows.From(epoch, next) : [];
        return new SampleBatch(start, count, false, indices, upcoming[..Math.Min(_batchSize, upcoming.Length)], epoch, batch)
        {
            RandomSeed = RandomSeed(epoch, batch),
        };
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

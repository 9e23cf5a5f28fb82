using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Evaluates a block of rows in tiles: predictions, derivatives and gradient of a tile are computed while its rows are in the first-level
/// cache. Owns the scratch memory.
/// </summary>
internal sealed partial class BlockWorker : IBlockWorker
{
    // The rows of a tile are read twice, so a tile must fit in a first-level cache.
    private const int TileBytes = 16 * 1024;

    // Prefetching rows that are in the caches anyway costs time: for batches of 32 up to a quarter of a step.
    private const int CachedBytes = 2 * 1024 * 1024;

    // While a batch of this size is evaluated, the whole next one is prefetched; of larger ones, tile after tile.
    private const int ShortBatchBytes = 128 * 1024;

    private readonly IModel _model;
    private readonly ILoss _loss;
    private readonly Dataset _data;
    private readonly double[] _scores;
    private readonly double[] _derivatives;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly AlignedArray<double> _scratch;
    private readonly int[] _indices;
    private readonly RowBuffer _tile;
    private readonly int _lossRows;
    private readonly int _tileRows;
    private readonly bool _isCached;
    private readonly long _rowBytes;

    /// <param name="model">The model, which computes the scores.</param>
    /// <param name="loss">The loss, which compares scores and targets.</param>
    /// <param name="data">The samples.</param>
    /// <param name="rowCount">The number of rows of the longest block.</param>
    public BlockWorker(IModel model, ILoss loss, Dataset data, int rowCount)
    {
        (_model, _loss, _data) = (model, loss, data);
        bool takesBatches = model.BatchRows(data.FeatureCount) > 0;
        // Losses are added in groups of as many rows as fit in double, so the sum has the same bits for features in double and in float.
        _lossRows = takesBatches ? rowCount : TileRowsFor(data.NumbersPerRow, Math.Max(rowCount, 4));
        // In float twice as many rows fit. With several outputs, linear models convert the rows to double; then they do not.
        bool staysInFloat =
            data is { FeaturePrecision: NumericPrecision.Single, IsSparse: false } && model.OutputCount == 1 && !takesBatches;
        _tileRows = staysInFloat ? 2 * _lossRows : _lossRows;
        _rowBytes = data.NumbersPerRow * (long)sizeof(double);
        _isCached = data.SampleCount * _rowBytes <= CachedBytes;
        _tile = new RowBuffer(_tileRows, data.FeatureCount);
        _scores = new double[_tileRows * model.OutputCount];
        _derivatives = new double[_scores.Length];
        _targets = new double[_lossRows * data.TargetCount];
        _weights = data.HasWeights || data.TargetCount > 1 ? new double[_targets.Length] : [];
        _scratch = new AlignedArray<double>(model.ScratchLength(_tileRows, data.FeatureCount));
        _indices = new int[rowCount + Math.Max(rowCount, _tileRows)];
    }

    /// <summary>The number of rows, at least 4, that fit into the first-level cache in double.</summary>
    public static int TileRowsFor(int columnCount, int most) => Math.Clamp(TileBytes / sizeof(double) / columnCount & ~3, 4, most);

    /// <summary>
    /// Returns (Σ wᵢℓᵢ, Σ wᵢ) over a block of samples and adds Σ wᵢ∇ℓᵢ to the gradient, unless that is empty. If the gradient has one entry
    /// more for each output than there are parameters, adds to them Σ wᵢrᵢ² of the derivatives r by the scores.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        bool isShort = batch.Count * _rowBytes <= ShortBatchBytes;
        ReadOnlySpan<int> samples = IndicesOf(in batch, isShort ? batch.Count : _tileRows, out ReadOnlySpan<int> upcoming);
        var sum = default(LossSum);
        for (int start = 0; start < samples.Length; start += _tileRows)
        {
            int count = Math.Min(_tileRows, samples.Length - start);
            ReadOnlySpan<int> next = isShort ? upcoming[Math.Min(start, upcoming.Length)..] : samples[(start + count)..];
            if (next.IsEmpty && !isShort)
                next = upcoming;
            if (_isCached)
                next = [];
            sum = AddTile(
                sum, parameters, samples.Slice(start, count), next[..Math.Min(next.Length, count)], batch.RandomSeed, gradient);
        }

        return sum;
    }

    /// <summary>Returns the sum plus the losses of a tile, added group after group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LossSum AddTile(LossSum sum, ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming,
        long? randomSeed, Span<double> gradient)
    {
        _data.View(samples, upcoming, isReadOnce: gradient.IsEmpty, _tile, out FeatureRows rows);
        if (randomSeed is not null)
            rows = rows with { RandomSeed = randomSeed, FirstSample = _data.FirstSample };
        Span<double> scores = _scores.AsSpan(0, samples.Length * _model.OutputCount);
        Span<double> derivatives = gradient.IsEmpty ? [] : _derivatives.AsSpan(0, scores.Length);
        _model.Predict(parameters, in rows, scores, _scratch.Span);
        for (int start = 0; start < samples.Length; start += _lossRows)
        {
            int count = Math.Min(_lossRows, samples.Length - start), first = start * _model.OutputCount,
                length = count * _model.OutputCount;
            sum += Evaluate(samples.Slice(start, count), scores.Slice(first, length), derivatives.IsEmpty ? []
                : derivatives.Slice(first, length));
        }

        if (gradient.IsEmpty)
            return sum;
        _model.AddGradient(parameters, in rows, derivatives, gradient[..parameters.Length], _scratch.Span);
        if (gradient.Length > parameters.Length)
            AddSquares(samples, derivatives, gradient[parameters.Length..]);
        return sum;
    }

    /// <summary>Adds (wᵢrᵢ)²/wᵢ of each output.</summary>
    private void AddSquares(ReadOnlySpan<int> samples, ReadOnlySpan<double> derivatives, Span<double> squares)
    {
        if (squares.Length == 1 && !_data.HasWeights)
        {
            squares[0] += Reductions.Dot(derivatives, derivatives);
            return;
        }

        for (int i = 0; i < samples.Length; i++)
        {
            double weight = _data.HasWeights ? _data.AllWeights[samples[i]] : 1;
            for (int k = 0; k < squares.Length; k++)
            {
                double derivative = derivatives[i * squares.Length + k];
                squares[k] += derivative / weight * derivative;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LossSum Evaluate(ReadOnlySpan<int> samples, ReadOnlySpan<double> scores, Span<double> derivatives)
    {
        Span<double> targets = _targets.AsSpan(0, samples.Length * _data.TargetCount);
        Span<double> weights = _weights.Length == 0 ? [] : _weights.AsSpan(0, targets.Length);
        double weight = Gather(samples, targets, weights);
        return new LossSum(_loss.Evaluate(scores, targets, weights, derivatives), weight);
    }

    /// <summary>
    /// The indices of the samples with a weight that is not 0. The others must have no effect, even if their numbers overflow.
    /// </summary>
    /// <param name="batch">The samples.</param>
    /// <param name="ahead">The number of samples behind a range that are upcoming.</param>
    /// <param name="upcoming">The indices of samples that are probably evaluated next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<int> IndicesOf(in SampleBatch batch, int ahead, out ReadOnlySpan<int> upcoming)
    {
        upcoming = batch.Upcoming;
        if (!_data.HasWeights && !batch.IsRange)
            return batch.Indices;
        if (!_data.HasWeights)
        {
            int first = batch.Count == 0 ? 0 : batch[0];
            Span<int> range = _indices.AsSpan(0, Math.Min(batch.Count + ahead, _data.SampleCount - first));
            for (int i = 0; i < range.Length; i++)
                range[i] = first + i;
            upcoming = range[batch.Count..];
            return range[..batch.Count];
        }

        batch.CopyTo(_indices);
        Span<int> all = _indices.AsSpan(0, batch.Count);
        int count = 0;
        foreach (int sample in all)
        {
            if (_data.AllWeights[sample] != 0)
                all[count++] = sample;
        }

        return all[..count];
    }

    /// <summary>Copies targets and weights; a sample's weight is divided among its targets, so its loss is their mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Gather(ReadOnlySpan<int> samples, Span<double> targets, Span<double> weights)
    {
        ReadOnlySpan<double> allTargets = _data.AllTargets, allWeights = _data.AllWeights;
        if (weights.IsEmpty && !_data.HasWeights && _data.TargetCount == 1)
        {
            for (int i = 0; i < samples.Length; i++)
                targets[i] = allTargets[samples[i]];
            return samples.Length;
        }

        int perSample = _data.TargetCount;
        double sum = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            allTargets.Slice(samples[i] * perSample, perSample).CopyTo(targets[(i * perSample)..]);
            double weight = allWeights.IsEmpty ? 1 : allWeights[samples[i]];
            sum += weight;
            weights.Slice(i * perSample, perSample).Fill(weight / perSample);
        }

        return sum;
    }
}

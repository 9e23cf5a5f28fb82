using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>
/// Works through a block of rows tile by tile: predictions, derivatives and gradient of a tile while its rows are in the innermost cache. Owns the scratch memory that this takes.
/// </summary>
internal sealed class RiskBlock
{
    // A tile's rows are read twice; three quarters of the smallest first-level cache in use leave room for the rest.
    private const int TileBytes = 24 * 1024;

    private readonly IModel _model;
    private readonly ILoss _loss;
    private readonly Dataset _data;
    private readonly double[] _scores;
    private readonly double[] _derivatives;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly double[] _scratch;
    private readonly int[] _weighing;
    private readonly RowTile _tile;
    private readonly int _tileRows;

    /// <param name="model">Gives scores.</param>
    /// <param name="loss">Compares them with targets.</param>
    /// <param name="data">The samples.</param>
    /// <param name="rowCount">Rows of the longest block.</param>
    public RiskBlock(IModel model, ILoss loss, Dataset data, int rowCount)
    {
        (_model, _loss, _data) = (model, loss, data);
        _tileRows = Math.Clamp(TileBytes / sizeof(double) / data.FeatureCount & ~3, 4, Math.Max(rowCount, 4));
        rowCount = _tileRows;
        _tile = new RowTile(data.FeaturePrecision == Precision.Binary64 ? 0 : rowCount, data.FeatureCount);
        _scores = new double[rowCount * model.OutputCount];
        _derivatives = new double[_scores.Length];
        _targets = new double[rowCount * data.TargetCount];
        _weights = data.HasWeights || data.TargetCount > 1 ? new double[_targets.Length] : [];
        _scratch = new double[model.ScratchLength(rowCount)];
        _weighing = data.HasWeights ? new int[rowCount] : [];
    }

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) and adds Σ wᵢ∇ℓᵢ to the gradient, unless that is empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LossSum Add(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, Span<double> gradient)
    {
        if (samples.Length <= _tileRows)
            return AddTile(parameters, samples, upcoming, gradient);
        var sum = default(LossSum);
        for (int start = 0; start < samples.Length; start += _tileRows)
        {
            int count = Math.Min(_tileRows, samples.Length - start);
            ReadOnlySpan<int> next = samples[(start + count)..];
            if (next.IsEmpty)
                next = upcoming;
            sum += AddTile(parameters, samples.Slice(start, count), next[..Math.Min(next.Length, count)], gradient);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private LossSum AddTile(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, Span<double> gradient)
    {
        if (_data.HasWeights)
            samples = Weighing(samples);
        var rows = new RowBlock(_data.Rows(samples, upcoming, _tile));
        Span<double> scores = _scores.AsSpan(0, samples.Length * _model.OutputCount);
        Span<double> targets = _targets.AsSpan(0, samples.Length * _data.TargetCount);
        Span<double> weights = _weights.Length == 0 ? [] : _weights.AsSpan(0, targets.Length);
        Span<double> derivatives = gradient.IsEmpty ? [] : _derivatives.AsSpan(0, scores.Length);

        double weight = Gather(samples, targets, weights);
        _model.Predict(parameters, rows, scores, _scratch);
        double loss = _loss.Evaluate(scores, targets, weights, derivatives);
        if (!gradient.IsEmpty)
            _model.AddGradient(parameters, rows, derivatives, gradient, _scratch);
        return new LossSum(loss, weight);
    }

    /// <summary>Those that have weight: others must not count even where their numbers overflow.</summary>
    private ReadOnlySpan<int> Weighing(ReadOnlySpan<int> samples)
    {
        int count = 0;
        foreach (int sample in samples)
        {
            if (_data.AllWeights[sample] != 0)
                _weighing[count++] = sample;
        }

        return _weighing.AsSpan(0, count);
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

using System.Runtime.CompilerServices;

namespace GradientDescent;

/// <summary>The parts of an evaluation one by one, for a model with linear scores. Samples of the weight 0 are among them.</summary>
internal sealed partial class BlockWorker
{
    /// <summary>Writes the scores of samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scores(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> scores)
    {
        int outputs = _model.OutputCount;
        for (int start = 0; start < batch.Count; start += _lossRows)
        {
            ReadOnlySpan<int> samples = Tile(in batch, start);
            _data.View(samples, [], isReadOnce: true, _tile, out FeatureRows rows);
            _model.Predict(parameters, in rows, scores.Slice(start * outputs, samples.Length * outputs), _scratch.Span);
        }
    }

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) at given scores and writes the derivatives of wᵢℓᵢ by them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LossSum Derivatives(ReadOnlySpan<double> scores, in SampleBatch batch, Span<double> derivatives)
    {
        int outputs = _model.OutputCount;
        var sum = default(LossSum);
        for (int start = 0; start < batch.Count; start += _lossRows)
        {
            ReadOnlySpan<int> samples = Tile(in batch, start);
            Span<double> part = derivatives.Slice(start * outputs, samples.Length * outputs);
            LossSum ofTile = Evaluate(samples, scores.Slice(start * outputs, part.Length), part);
            sum += ofTile.Weight == 0 ? default : ofTile;
            for (int i = 0; i < samples.Length && _data.HasWeights; i++)
            {
                if (_data.AllWeights[samples[i]] == 0)
                    part.Slice(i * outputs, outputs).Clear(); // no effect, even if the loss overflows
            }
        }

        return sum;
    }

    /// <summary>Adds the rows of samples, each times its factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRows(in SampleBatch batch, ReadOnlySpan<double> factors, Span<double> gradient)
    {
        int outputs = _model.OutputCount;
        for (int start = 0; start < batch.Count; start += _lossRows)
        {
            ReadOnlySpan<int> samples = Tile(in batch, start);
            _data.View(samples, [], isReadOnce: false, _tile, out FeatureRows rows);
            // The gradient of a linear model does not depend on its parameters; they need only be as many.
            _model.AddGradient(gradient, in rows, factors.Slice(start * outputs, samples.Length * outputs), gradient, _scratch.Span);
        }
    }

    /// <summary>The indices of the samples of a tile.</summary>
    private ReadOnlySpan<int> Tile(in SampleBatch batch, int start)
    {
        int count = Math.Min(_lossRows, batch.Count - start);
        if (!batch.IsRange)
            return batch.Indices.Slice(start, count);
        batch.Slice(start, count).CopyTo(_indices);
        return _indices.AsSpan(0, count);
    }
}

using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>Whether an empirical risk is the mean or the sum of the samples' losses.</summary>
public enum Reduction
{
    /// <summary>Σ wᵢℓᵢ / Σ wᵢ: a rate does not depend on the number of samples.</summary>
    Mean,

    /// <summary>Σ wᵢℓᵢ. A mini-batch's value and gradient are scaled up to the whole, so that they are right on average.</summary>
    Sum,
}

/// <summary>The loss of a model on data, as a function of the model's parameters.</summary>
/// <remarks>
/// Rows are taken in blocks of 256 KiB, so that predictions, derivatives and gradient of a block are computed while it is in cache. One instance must not be
/// used by several threads at a time.
/// </remarks>
public sealed class EmpiricalRisk : IStochasticObjective
{
    private const int BlockBytes = 256 * 1024;

    private readonly IModel _model;
    private readonly ILoss _loss;
    private readonly Dataset _data;
    private readonly double _totalWeight;
    private readonly double[] _scores;
    private readonly double[] _derivatives;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly double[] _scratch;
    private readonly int[] _weighing;

    /// <summary>Puts the parts together.</summary>
    /// <param name="model">Gives each target of a sample one score or more.</param>
    /// <param name="loss">Compares scores and targets.</param>
    /// <param name="data">The samples.</param>
    /// <param name="reduction">Mean or sum.</param>
    /// <exception cref="ArgumentException">The model's outputs do not fit the data's targets, or the loss has an objection to a target; the message names
    /// the row.</exception>
    public EmpiricalRisk(IModel model, ILoss loss, Dataset data, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(data);
        if (model.OutputCount % data.TargetCount != 0)
            throw Guard.Invalid(
                nameof(model), $"The model has {model.OutputCount} outputs for {data.TargetCount} targets per sample: each target needs equally many.");
        if (model.Task != ModelTask.Regression && data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"The data has {data.TargetCount} targets per sample: classification takes one.");
        CheckTargets(loss, data, model.OutputCount / data.TargetCount);

        (_model, _loss, _data) = (model, loss, data);
        Reduction = Guard.Defined(reduction);
        ParameterCount = model.ParameterCount(data.FeatureCount);
        _totalWeight = data.HasWeights ? Reductions.Sum(data.AllWeights) : data.SampleCount;

        int blockRows = Math.Clamp(BlockBytes / sizeof(double) / data.Stride, 1, data.SampleCount);
        _scores = new double[blockRows * model.OutputCount];
        _derivatives = new double[_scores.Length];
        _targets = new double[blockRows * data.TargetCount];
        _weights = data.HasWeights || data.TargetCount > 1 ? new double[_targets.Length] : [];
        _scratch = new double[model.ScratchLength(blockRows)];
        _weighing = data.HasWeights ? new int[blockRows] : [];
    }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <inheritdoc/>
    public int SampleCount => _data.SampleCount;

    /// <summary>Whether the value is the mean or the sum over the samples.</summary>
    public Reduction Reduction { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The parameters or the gradient have the wrong length, or there is no such sample; nothing is changed.</exception>
    public LossSum Add(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, Span<double> gradient)
    {
        for (int i = 0; i < samples.Length; i++)
            Guard.Index(samples[i], SampleCount, nameof(samples));
        return Add(parameters, samples, [], gradient);
    }

    /// <param name="parameters">Where.</param>
    /// <param name="samples">Which samples.</param>
    /// <param name="upcoming">Samples that will be asked for soon, so that memory can fetch them meanwhile; may be empty.</param>
    /// <param name="gradient">Added to.</param>
    internal LossSum Add(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, Span<double> gradient)
    {
        if (parameters.Length != ParameterCount)
            throw Guard.Invalid(nameof(parameters), $"There are {parameters.Length} parameters: the model has {ParameterCount}.");
        if (!gradient.IsEmpty)
            Guard.SameLength(parameters, gradient);

        var sum = default(LossSum);
        int blockRows = _targets.Length / _data.TargetCount;
        for (int start = 0; start < samples.Length; start += blockRows)
        {
            int count = Math.Min(blockRows, samples.Length - start);
            ReadOnlySpan<int> next = upcoming.Length > start ? upcoming.Slice(start, Math.Min(count, upcoming.Length - start)) : [];
            sum += AddBlock(parameters, samples.Slice(start, count), next, gradient);
        }

        return Reduction == Reduction.Mean ? sum : sum with { Weight = sum.Weight / _totalWeight };
    }

    private LossSum AddBlock(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, Span<double> gradient)
    {
        if (_data.HasWeights)
            samples = Weighing(samples);
        var rows = new RowBlock(_data.Rows(samples, upcoming));
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
    private double Gather(ReadOnlySpan<int> samples, Span<double> targets, Span<double> weights)
    {
        ReadOnlySpan<double> allTargets = _data.AllTargets, allWeights = _data.AllWeights;
        if (weights.IsEmpty) // one target a sample, each of weight 1
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

    private static void CheckTargets(ILoss loss, Dataset data, int scoresPerTarget)
    {
        if (loss.ShapeObjection(scoresPerTarget) is { } shape)
            throw Guard.Invalid(nameof(loss), $"{shape}.");
        ReadOnlySpan<double> targets = data.AllTargets;
        for (int i = 0; i < targets.Length; i++)
        {
            if (loss.TargetObjection(targets[i], scoresPerTarget) is { } objection)
                throw Guard.Invalid(
                    nameof(data), $"Row {i / data.TargetCount}, target '{data.TargetNames[i % data.TargetCount]}' is {targets[i]}: {objection}.");
        }
    }
}

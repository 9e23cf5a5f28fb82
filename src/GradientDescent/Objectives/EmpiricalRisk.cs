using System.Runtime.CompilerServices;
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
/// Rows are taken in blocks of 256 KiB. Each block has a gradient of its own, and these are added up in the order of the blocks, so the result has the same bits
/// however many threads work on it. Model and loss are then called by several threads; they keep no state. One instance must not be used by several callers at a
/// time.
/// </remarks>
/// <example><code>
/// var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1, 2, 3], [2, 4, 7]));
/// TrainingResult result = new Trainer(new BatchGD(0.1)).Minimize(risk, [0, 0]);   // a weight and an intercept
/// Console.WriteLine($"{result.Parameters[0]:F2} {result.Parameters[1]:F2}");   // 2.50 -0.67
/// </code></example>
public sealed class EmpiricalRisk : IStochasticObjective, IParallelWork
{
    private const int BlockBytes = 256 * 1024;

    // Measured: from here on a second thread gains, below it may lose.
    internal const long DefaultParallelThreshold = 1 << 16;
    private const int BlocksPerThreadAndWave = 4;

    private readonly IModel _model;
    private readonly ILoss _loss;
    private readonly Dataset _data;
    private readonly double _totalWeight;
    private readonly int _blockRows;
    private readonly Func<BlockWorker> _newBlock;
    private readonly List<BlockPlace> _places = [];
    private ThreadTeam? _team;
    private Wave _wave;

    /// <summary>Puts the parts together.</summary>
    /// <param name="model">Gives each target of a sample one score or more.</param>
    /// <param name="loss">Compares scores and targets.</param>
    /// <param name="data">The samples.</param>
    /// <param name="penalty">A price on large coefficients, added by whoever takes the mean; none unless given.</param>
    /// <param name="reduction">Mean or sum.</param>
    /// <exception cref="ArgumentException">The model's outputs do not fit the data's targets, or the loss has an objection to the shape or a target; the message
    /// names the row.</exception>
    public EmpiricalRisk(IModel model, ILoss loss, Dataset data, IPenalty? penalty = null, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(data);
        if (model.OutputCount % data.TargetCount != 0)
            throw Guard.Invalid(
                nameof(model), $"The model has {Format.Count(model.OutputCount, "output")} for {Format.Count(data.TargetCount, "target")} per sample: each target needs equally many.");
        if (model.Task != ModelTask.Regression && data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"The data has {data.TargetCount} targets per sample: classification takes one.");
        CheckTargets(loss, data, model.OutputCount / data.TargetCount);

        (_model, _loss, _data) = (model, loss, data);
        Reduction = Guard.Defined(reduction);
        ParameterCount = model.ParameterCount(data.FeatureCount);
        Penalty = penalty;
        Term = penalty is null ? null : PenaltyTerm.Of(penalty, ParameterCount, model.IsLinear ? model.OutputCount * data.FeatureCount : ParameterCount);
        _totalWeight = data.HasWeights ? Reductions.Sum(data.AllWeights) : data.SampleCount;
        _blockRows = Math.Clamp(BlockBytes / sizeof(double) / ((data.FeatureCount + 7) & ~7), 1, data.SampleCount); // whatever the features are kept in
        _newBlock = () => new BlockWorker(model, loss, data, _blockRows);
    }

    /// <param name="model">Gives scores.</param>
    /// <param name="loss">Compares them with targets.</param>
    /// <param name="data">The samples, scaled.</param>
    /// <param name="penalty">As the user gave it.</param>
    /// <param name="scaledPenalty">The same on the coefficients of the scaled data; <see langword="null"/>: it need not be scaled.</param>
    internal EmpiricalRisk(IModel model, ILoss loss, Dataset data, IPenalty? penalty, PenaltyTerm? scaledPenalty)
        : this(model, loss, data, penalty)
    {
        if (scaledPenalty is not null)
            Term = scaledPenalty;
    }

    internal IModel Model => _model;

    internal ILoss Loss => _loss;

    internal Dataset Data => _data;

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <inheritdoc/>
    public int SampleCount => _data.SampleCount;

    /// <inheritdoc/>
    public IPenalty? Penalty { get; }

    /// <summary>The penalty in the coordinates of this problem.</summary>
    internal PenaltyTerm? Term { get; }

    /// <summary>Whether the value is the mean or the sum over the samples.</summary>
    public Reduction Reduction { get; }

    /// <summary>Threads at most that work on a large batch, at least 1; the result does not depend on it. 1 unless set.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1, nameof(MaxDegreeOfParallelism)); } = 1;

    /// <summary>Features read from which on several threads are used.</summary>
    internal long ParallelThreshold { get; init; } = DefaultParallelThreshold;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The parameters or the gradient have the wrong length, or there is no such sample; nothing is changed.</exception>
    public LossSum Add(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, Span<double> gradient)
    {
        for (int i = 0; i < samples.Length; i++)
            Guard.Index(samples[i], SampleCount, nameof(samples));
        return Add(parameters, samples, [], gradient, isCleared: false);
    }

    /// <param name="parameters">Where.</param>
    /// <param name="samples">Which samples.</param>
    /// <param name="upcoming">Samples that will be asked for soon, so that memory can fetch them meanwhile; may be empty.</param>
    /// <param name="gradient">Added to.</param>
    /// <param name="isCleared">Whether the gradient is known to be 0: then the first block needs no memory of its own.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal LossSum Add(
        ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, ReadOnlySpan<int> upcoming, Span<double> gradient, bool isCleared)
    {
        if (parameters.Length != ParameterCount)
            throw Guard.Invalid(nameof(parameters), $"There are {parameters.Length} parameters: the model has {ParameterCount}.");
        if (!gradient.IsEmpty)
            Guard.SameLength(parameters, gradient);

        if (samples.Length <= _blockRows && (isCleared || gradient.IsEmpty))
            return Reduced(PlaceAt(0).Block.Add(parameters, samples, upcoming, gradient));
        var sum = default(LossSum);
        AddBlocks(parameters, samples, gradient, ref sum);
        return Reduced(sum);
    }

    /// <summary>As <see cref="Add(ReadOnlySpan{double}, ReadOnlySpan{int}, Span{double})"/>, a part after the other; in parts of whole blocks with the same bits as all at once.</summary>
    internal LossSum AddInParts(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, Span<double> gradient, int partSize)
    {
        var sum = default(LossSum);
        for (int start = 0; start < samples.Length; start += partSize)
            AddBlocks(parameters, samples.Slice(start, Math.Min(partSize, samples.Length - start)), gradient, ref sum);
        return Reduced(sum);
    }

    private LossSum Reduced(LossSum sum) => Reduction == Reduction.Mean ? sum : sum with { Weight = sum.Weight / _totalWeight };

    /// <summary>What must be the same for a run to be continued.</summary>
    internal IEnumerable<(string Name, object Value)> Identity =>
        [("model", _model.GetType().Name), ("loss", _loss.ToString() ?? ""), ("reduction", Reduction), ("penalty", Penalty is { } p ? Format.Text($"{p.L1Strength} absolute, {p.L2Strength} squared, intercepts {p.OnIntercepts}") : "none"), ("data", _data.Fingerprint())];

    /// <summary>Waves of blocks: the blocks of a wave are worked on by any thread, then added up in order.</summary>
    private unsafe void AddBlocks(ReadOnlySpan<double> parameters, ReadOnlySpan<int> samples, Span<double> gradient, ref LossSum sum)
    {
        bool isParallel = MaxDegreeOfParallelism > 1 && (long)samples.Length * _data.FeatureCount >= ParallelThreshold;
        int waveBlocks = isParallel ? MaxDegreeOfParallelism * BlocksPerThreadAndWave : 1;
        fixed (double* pinnedParameters = parameters)
        {
            fixed (int* pinnedSamples = samples)
            {
                for (int start = 0; start < samples.Length; start += waveBlocks * _blockRows)
                {
                    int count = Math.Min(waveBlocks * _blockRows, samples.Length - start);
                    int blocks = (count + _blockRows - 1) / _blockRows;
                    for (int i = 0; i < blocks; i++)
                        PlaceAt(i).Clear(gradient.Length);
                    int following = isParallel ? 0 : samples.Length - start - count; // another thread may have them already
                    _wave = new Wave(pinnedParameters, pinnedSamples + start, count, following, gradient.Length);
                    if (isParallel)
                        (_team ??= new ThreadTeam(MaxDegreeOfParallelism)).Run(this, blocks);
                    else
                        ((IParallelWork)this).Execute(0);
                    for (int i = 0; i < blocks; i++)
                    {
                        sum += _places[i].Sum;
                        Reductions.AddScaled(gradient, 1, _places[i].Gradient[..gradient.Length]);
                    }
                }
            }
        }
    }

    unsafe void IParallelWork.Execute(int piece)
    {
        int start = piece * _blockRows;
        var samples = new ReadOnlySpan<int>(_wave.Samples + start, Math.Min(_blockRows, _wave.SampleCount - start));
        var upcoming = new ReadOnlySpan<int>(_wave.Samples + _wave.SampleCount, _wave.FollowingCount);
        BlockPlace place = _places[piece];
        place.Sum = place.Block.Add(
            new ReadOnlySpan<double>(_wave.Parameters, ParameterCount), samples, upcoming, place.Gradient[.._wave.GradientLength]);
    }

    private BlockPlace PlaceAt(int index)
    {
        while (_places.Count <= index)
            _places.Add(new BlockPlace(_newBlock()));
        return _places[index];
    }

    private static void CheckTargets(ILoss loss, Dataset data, int scoresPerTarget)
    {
        if (loss.ValidateShape(scoresPerTarget) is { } shape)
            throw Guard.Invalid(nameof(loss), $"{shape}.");
        ReadOnlySpan<double> targets = data.AllTargets;
        for (int i = 0; i < targets.Length; i++)
        {
            if (loss.ValidateTarget(targets[i], scoresPerTarget) is { } objection)
                throw Guard.Invalid(
                    nameof(data), $"Row {i / data.TargetCount}, target '{data.TargetNames[i % data.TargetCount]}' is {targets[i]}: {objection}.");
        }
    }

    /// <summary>What the pieces of one wave have in common; the pointers are pinned while it runs.</summary>
    private readonly unsafe struct Wave(double* parameters, int* samples, int sampleCount, int followingCount, int gradientLength)
    {
        public readonly double* Parameters = parameters;
        public readonly int* Samples = samples;
        public readonly int SampleCount = sampleCount;
        public readonly int FollowingCount = followingCount;
        public readonly int GradientLength = gradientLength;
    }

    /// <summary>One block's scratch memory and results.</summary>
    private sealed class BlockPlace(BlockWorker block)
    {
        public BlockWorker Block { get; } = block;

        private AlignedArray<double> _gradient = new(0);

        public Span<double> Gradient => _gradient.Span;

        public LossSum Sum { get; set; }

        public void Clear(int length)
        {
            if (_gradient.Length < length)
                _gradient = new AlignedArray<double>(length);
            else
                _gradient.Span[..length].Clear();
        }
    }
}

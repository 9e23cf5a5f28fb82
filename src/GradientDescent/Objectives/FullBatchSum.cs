using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The sum over all samples, with the same bits on any number of threads or ranks.</summary>
/// <remarks>
/// The samples are cut into <see cref="SampleParts"/>. Each part has its own gradient, and the gradients are added in a
/// <see cref="SumTree"/>. A rank that has some of the parts adds them up to the largest nodes of the tree that it has alone. The message of
/// all ranks holds the sums of these nodes, each at its place; every rank then adds the nodes.
/// </remarks>
internal sealed class FullBatchSum
{
    // The number of gradient entries of the parts that are evaluated in one call; they should fit in a second-level cache.
    private const int GroupNumbers = 1 << 16;

    private readonly IStochasticObjective _objective;
    private readonly IMeasuredSum? _measured;
    private readonly double[] _gradientAndSquares;
    private readonly SampleParts _parts;
    private readonly Sharding? _sharding;
    private readonly LossSum[] _sums;
    private readonly SumTree _tree = new();
    private readonly SumMessage _message = new();
    private AlignedArray<double>? _gradients;

    /// <param name="objective">The sum over samples.</param>
    /// <param name="measures">Whether <see cref="Squares"/> are computed with each gradient.</param>
    public FullBatchSum(IStochasticObjective objective, bool measures = false)
    {
        _objective = objective;
        _measured = measures ? objective as IMeasuredSum : null;
        _gradientAndSquares = _measured is null ? [] : new double[objective.ParameterCount + _measured.SquareCount];
        _parts = new SampleParts(objective.SampleCount);
        _sharding = ShardingOf(objective);
        _sums = new LossSum[Math.Clamp(GroupNumbers / objective.ParameterCount, 1, _parts.Count)];
    }

    /// <summary>Σ wᵢrᵢ² of each output at the parameters of the last gradient; see <see cref="IMeasuredSum"/>.</summary>
    public ReadOnlySpan<double> Squares => _gradientAndSquares.AsSpan(_measured is null ? 0 : _objective.ParameterCount);

    /// <summary>Returns how the work of an objective is divided among ranks; <see langword="null"/> if this process works alone.</summary>
    public static Sharding? ShardingOf(IStochasticObjective objective) => objective is IShardedSum sharded
        ? sharded.Sharding
        : objective.Collective is { Size: > 1 } collective
            ? new Sharding(collective, objective.SampleCount, keepsAllRows: true, hasFastSums: false)
            : null;

    /// <summary>Returns (Σ wᵢℓᵢ, Σ wᵢ) over all samples and writes Σ wᵢ∇ℓᵢ.</summary>
    /// <param name="parameters">The parameters to evaluate at.</param>
    /// <param name="gradient">The gradient, to be written; empty: only the value is computed.</param>
    /// <param name="epoch">The epoch that the batch belongs to.</param>
    /// <param name="randomSeed">The seed of random numbers; <see langword="null"/>: the samples are measured.</param>
    public LossSum Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient, long epoch = 0, long? randomSeed = null)
    {
        SampleBatch all = SampleBatch.FromRange(0, _objective.SampleCount, epoch) with { RandomSeed = randomSeed };
        if (_measured is null || gradient.IsEmpty)
            return Sum(parameters, in all, gradient);
        LossSum sum = Sum(parameters, in all, _gradientAndSquares);
        _gradientAndSquares.AsSpan(0, gradient.Length).CopyTo(gradient);
        return sum;
    }

    private LossSum Sum(ReadOnlySpan<double> parameters, in SampleBatch all, Span<double> gradient)
    {
        if (_sharding is not null)
            return _sharding.HasFastSums ? SumOfVectors(parameters, in all, gradient) : SumOfNodes(parameters, in all, gradient);
        if (_parts.Count == 1)
        {
            EvaluateParts(parameters, in all, gradient, _sums);
            return _sums[0];
        }

        foreach (SumNode node in SumNode.Of(0, _parts.Count))
            PushParts(parameters, in all, node, gradient.Length);
        return _tree.Collect(gradient);
    }

    /// <summary>Sends the sums of the nodes of all ranks, and adds them in the tree.</summary>
    private LossSum SumOfNodes(ReadOnlySpan<double> parameters, in SampleBatch all, Span<double> gradient)
    {
        _message.Begin(_sharding!.NodeCount, gradient.Length);
        int slot = _sharding.FirstNode;
        foreach (SumNode node in _sharding.OwnNodes)
        {
            PushParts(parameters, in all, node, gradient.Length);
            _message[slot] = _tree.Collect(_message.GradientOf(slot));
            slot++;
        }

        _message.Send(_sharding.Collective);
        slot = 0;
        foreach (SumNode node in _sharding.AllNodes)
        {
            _tree.Push(node.Level, _message.GradientOf(slot), _message[slot]);
            slot++;
        }

        return _tree.Collect(gradient);
    }

    /// <summary>Sends one vector, the sum over the samples of a rank.</summary>
    private LossSum SumOfVectors(ReadOnlySpan<double> parameters, in SampleBatch all, Span<double> gradient)
    {
        _message.Begin(1, gradient.Length);
        foreach (SumNode node in _sharding!.OwnNodes)
            PushParts(parameters, in all, node, gradient.Length);
        _message[0] = _tree.Collect(_message.GradientOf(0));
        _message.Send(_sharding.Collective);
        _message.GradientOf(0).CopyTo(gradient);
        return _message[0];
    }

    /// <summary>Evaluates the parts of a node, in groups, and pushes their sums.</summary>
    private void PushParts(ReadOnlySpan<double> parameters, in SampleBatch all, SumNode node, int length)
    {
        if (length > 0)
            _gradients ??= new AlignedArray<double>(_sums.Length * length);
        for (int first = node.First; first < node.End; first += _sums.Length)
        {
            int count = Math.Min(_sums.Length, node.End - first), start = _parts.StartOf(first);
            SampleBatch batch = all.Slice(start, _parts.StartOf(first + count) - start);
            Span<double> gradients = length == 0 ? [] : _gradients!.Span[..(count * length)];
            EvaluateParts(parameters, in batch, gradients, _sums.AsSpan(0, count));
            for (int k = 0; k < count; k++)
                _tree.Push(0, gradients.Slice(k * length, length), _sums[k]);
        }
    }

    private void EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradients, Span<LossSum> sums)
    {
        if (_measured is null || gradients.IsEmpty)
            _objective.EvaluateParts(parameters, in batch, _parts.Length, gradients, sums);
        else
            _measured.MeasureParts(parameters, in batch, _parts.Length, gradients, sums);
    }
}

using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The sum over all samples, with the same bits on any number of threads or ranks.</summary>
/// <remarks>
/// The samples are cut into <see cref="SampleParts"/>. Each part has its own gradient; <see cref="PartedSum"/> adds them.
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
    private readonly PartedSum _sum;
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
        _sum = new PartedSum(_parts, _sharding);
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
        if (_sharding is null && _parts.Count == 1)
        {
            EvaluateParts(parameters, in all, gradient, _sums);
            return _sums[0];
        }

        if (!gradient.IsEmpty)
            _gradients ??= new AlignedArray<double>(_sums.Length * gradient.Length);
        var parts = new Evaluation(this, parameters, in all, gradient.Length);
        return _sum.Of(ref parts, gradient);
    }

    private void EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradients, Span<LossSum> sums)
    {
        if (_measured is null || gradients.IsEmpty)
            _objective.EvaluateParts(parameters, in batch, _parts.Length, gradients, sums);
        else
            _measured.MeasureParts(parameters, in batch, _parts.Length, gradients, sums);
    }

    /// <summary>One evaluation of the parts that this rank has.</summary>
    private readonly ref struct Evaluation(FullBatchSum sum, ReadOnlySpan<double> parameters, in SampleBatch all, int length) : IPartSource
    {
        private readonly ReadOnlySpan<double> _parameters = parameters;
        private readonly SampleBatch _all = all;

        /// <summary>Evaluates the parts in groups.</summary>
        public void Push(SumNode node, SumTree tree)
        {
            Span<LossSum> sums = sum._sums;
            for (int first = node.First; first < node.End; first += sums.Length)
            {
                int count = Math.Min(sums.Length, node.End - first), start = sum._parts.StartOf(first);
                SampleBatch batch = _all.Slice(start, sum._parts.StartOf(first + count) - start);
                Span<double> gradients = length == 0 ? [] : sum._gradients!.Span[..(count * length)];
                sum.EvaluateParts(_parameters, in batch, gradients, sums[..count]);
                for (int k = 0; k < count; k++)
                    tree.Push(0, gradients.Slice(k * length, length), sums[k]);
            }
        }
    }
}

namespace GradientDescent;

/// <summary>The sum of a formula over samples, added like the loss of a model: blocks in a fixed order, on one thread or several.</summary>
internal sealed class FormulaRisk : IShardedSum, IIdentified
{
    // A block is large enough to be worth a thread and small enough to divide a part of a full batch.
    private const int BlockSamples = 64;

    private readonly Dataset _data;
    private readonly string _name;
    private readonly BlockSum _blocks;
    private readonly OwnRows _own;

    /// <param name="data">The samples.</param>
    /// <param name="parameterCount">The number of parameters.</param>
    /// <param name="name">The name of the formula, for checkpoints.</param>
    /// <param name="penalty">The penalty, if any.</param>
    /// <param name="layout">The blocks of the parameter vector, if there are several.</param>
    /// <param name="maxDegreeOfParallelism">The maximum number of threads.</param>
    /// <param name="newWorker">Creates what evaluates a block of samples.</param>
    public FormulaRisk(Dataset data, int parameterCount, string name, IPenalty? penalty, ParameterLayout? layout,
        int maxDegreeOfParallelism, Func<Dataset, IBlockWorker> newWorker)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"The data has {data.TargetCount} targets per sample: the formula takes one.");
        ParameterCount = Guard.AtLeast(parameterCount, 1);
        Layout = layout ?? ParameterLayout.Flat(parameterCount);
        if (Layout.Count != parameterCount)
            throw Guard.Invalid(nameof(layout), $"The layout has {Layout.Count} parameters: parameterCount is {parameterCount}.");
        (_data, _name, Penalty, _own) = (data, name, penalty, new OwnRows(data));
        Guard.AtLeast(maxDegreeOfParallelism, 1);
        _blocks = new BlockSum(() => newWorker(_own.Data), 1, BlockSamples, maxDegreeOfParallelism, 2 * BlockSamples);
    }

    public int ParameterCount { get; }

    public int SampleCount => _data.SampleCount;

    public ParameterLayout Layout { get; }

    public IPenalty? Penalty { get; }

    public ICollective? Collective => _data.Collective;

    Sharding? IShardedSum.Sharding => _data.Sharding;

    int IShardedSum.BlockRows => BlockSamples;

    IEnumerable<(string Name, object Value)> IIdentified.Identity =>
        [("formula", _name), ("penalty", Penalty?.ToString() ?? "none"), ("data", _data.Fingerprint())];

    /// <summary>Returns the name of the formula, the data and the penalty if there is one.</summary>
    public override string ToString() => Format.Text($"{_name} on {_data}{(Penalty is null ? "" : Format.Text($", {Penalty}"))}");

    LossSum IStochasticObjective.Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        BatchChecks.Check(parameters, ParameterCount, "formula", in batch, SampleCount);
        if (!gradient.IsEmpty)
            Guard.SameLength(parameters, gradient);
        return _blocks.Add(parameters, _own.BatchOf(in batch), gradient);
    }

    void IStochasticObjective.EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength,
        Span<double> gradients, Span<LossSum> sums)
    {
        BatchChecks.Check(parameters, ParameterCount, "formula", in batch, SampleCount);
        BatchChecks.CheckParts(in batch, partLength, gradients, sums, ParameterCount);
        _blocks.EvaluateParts(parameters, _own.BatchOf(in batch), partLength, gradients, sums);
    }
}

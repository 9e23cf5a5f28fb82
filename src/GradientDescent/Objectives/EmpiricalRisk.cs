using System.Runtime.CompilerServices;
using GradientDescent.Kernels;

namespace GradientDescent;

/// <summary>The loss of a model on data, as a function of the model's parameters.</summary>
/// <remarks>
/// Rows are evaluated in blocks of 256 KiB, or of <see cref="IModel.BatchRows"/>. Each block has its own gradient, and the gradients are
/// added in the order of the blocks, so the result has the same bits on any number of threads. Model and loss are called by several
/// threads; they must have no state. An instance must not be used by several callers at the same time.
/// </remarks>
/// <example><code>
/// var risk = new EmpiricalRisk(new LinearRegression(), new MeanSquaredError(), Dataset.From([1, 2, 3], [2, 4, 7]));
/// TrainingResult result = new Trainer(new BatchGD(0.1)).Minimize(risk, [0, 0]);   // a weight and an intercept
/// Console.WriteLine($"{result.Parameters[0]:F2} {result.Parameters[1]:F2}");   // 2.50 -0.67
/// </code></example>
public sealed partial class EmpiricalRisk : IMeasuredSum, IRowSum, IShardedSum, IFileSum, IIdentified
{
    private const int BlockBytes = 256 * 1024;

    // Measured: above this value a second thread makes the evaluation faster; below it may make it slower.
    internal const long DefaultParallelThreshold = 1 << 16;

    private readonly int _blockRows;
    private readonly double _totalWeight;
    private readonly RowWorker? _rows;
    private readonly OwnRows _own;
    private BlockSum? _blocks;

    /// <summary>Creates the objective.</summary>
    /// <param name="model">The model, which computes one or more scores for each target of a sample.</param>
    /// <param name="loss">The loss, which compares scores and targets.</param>
    /// <param name="data">The samples.</param>
    /// <param name="penalty">The regularization that a trainer adds to the mean loss; none unless given.</param>
    /// <param name="reduction">Mean or sum.</param>
    /// <exception cref="ArgumentException">
    /// The outputs of the model do not match the targets of the data, or the loss does not allow the shape or a target; the message names
    /// the row.
    /// </exception>
    public EmpiricalRisk(IModel model, ILoss loss, Dataset data, IPenalty? penalty = null, Reduction reduction = Reduction.Mean)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(data);
        if (model.OutputCount % data.TargetCount != 0)
        {
            string outputs = Format.Count(model.OutputCount, "output"), targets = Format.Count(data.TargetCount, "target");
            throw Guard.Invalid(nameof(model), $"The model has {outputs} for {targets} per sample: each target needs equally many.");
        }

        if (model.Task != ModelTask.Regression && data.TargetCount != 1)
            throw Guard.Invalid(nameof(data), $"The data has {data.TargetCount} targets per sample: classification takes one.");
        CheckTargets(loss, data, model.OutputCount / data.TargetCount);

        (Model, Loss, Data) = (model, loss, data);
        _own = new OwnRows(data);
        _rows = RowWorker.For(model, loss, data);
        Reduction = Guard.Defined(reduction);
        Layout = model.Layout(data.FeatureCount);
        ParameterCount = Layout.Count;
        _sparse = SparseWorker.For(model, loss, data, Layout);
        Penalty = penalty;
        Term = penalty is null
            ? null
            : penalty.Bind(Layout, [], 1)
                ?? throw Guard.Invalid(nameof(penalty), $"The penalty {penalty} gives no function of the parameters of this model.");
        _totalWeight = data.HasWeights ? Reductions.Sum(data.AllWeights) : data.SampleCount;
        _blockRows = Math.Min(BlockRowsFor(model, data, ParameterCount), data.SampleCount);
    }

    /// <summary>
    /// The number of rows in a block, in double or float. A block of sparse rows has as many numbers as its gradient, which is added to the
    /// others.
    /// </summary>
    private static int BlockRowsFor(IModel model, Dataset data, int parameterCount)
    {
        if (model.BatchRows(data.FeatureCount) is > 0 and var wanted)
            return wanted;
        int numbers = data.IsSparse ? Math.Max(BlockBytes / sizeof(double), parameterCount) : BlockBytes / sizeof(double),
            perRow = data.IsSparse ? data.NumbersPerRow * model.OutputCount : (data.FeatureCount + 7) & ~7;
        return Math.Max(1, numbers / perRow);
    }

    internal IModel Model { get; }

    internal ILoss Loss { get; }

    internal Dataset Data { get; }

    /// <summary>The penalty as a function of the parameters of this risk.</summary>
    internal PenaltyTerm? Term { get; }

    /// <inheritdoc/>
    public int ParameterCount { get; }

    /// <inheritdoc/>
    public int SampleCount => Data.SampleCount;

    /// <inheritdoc/>
    public ParameterLayout Layout { get; }

    /// <inheritdoc/>
    public IPenalty? Penalty { get; }

    /// <summary>Whether the value is the mean or the sum over the samples.</summary>
    public Reduction Reduction { get; }

    /// <summary>1 for <see cref="Reduction.Mean"/>, the sum of all weights for <see cref="Reduction.Sum"/>.</summary>
    public double Scale => Reduction == Reduction.Mean ? 1 : _totalWeight;

    /// <summary>The maximum number of threads for a large batch, at least 1; the result does not depend on it. 1 unless set.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1, nameof(MaxDegreeOfParallelism)); } = 1;

    /// <summary>The smallest number of feature values per evaluation for which several threads are used.</summary>
    internal long ParallelThreshold { get; init; } = DefaultParallelThreshold;

    /// <summary>The ranks on which the data is sharded; <see langword="null"/> where this process works alone.</summary>
    public ICollective? Collective => Data.Collective;

    Sharding? IShardedSum.Sharding => Data.Sharding;

    void IFileSum.RequireUnchanged() => _own.Data.Storage.RequireUnchanged();

    int IShardedSum.BlockRows => _blockRows;

    IEnumerable<(string Name, object Value)> IIdentified.Identity =>
    [
        ("model", Model is ParametricModel model ? model.Identity : Model.GetType().Name),
        ("loss", Loss.ToString() ?? ""),
        ("reduction", Reduction),
        ("penalty", Penalty?.ToString() ?? "none"),
        ("data", Data.Fingerprint()),
    ];

    /// <summary>Returns the model, the loss, the data and the penalty if there is one.</summary>
    public override string ToString() =>
        Format.Text($"{Model.GetType().Name} by {Loss} on {Data}{(Penalty is null ? "" : Format.Text($", {Penalty}"))}");

    private BlockSum Blocks => _blocks ??= new BlockSum(
        () => new BlockWorker(Model, Loss, _own.Data, _blockRows), WorkPerSample, _blockRows, MaxDegreeOfParallelism, ParallelThreshold);

    /// <summary>A linear model reads its features; a model that takes batches works with all of its parameters.</summary>
    private int WorkPerSample => Model.BatchRows(Data.FeatureCount) > 0 ? ParameterCount : Data.NumbersPerRow;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The parameters or the gradient have the wrong length, or there is no such sample; nothing is changed.
    /// </exception>
    public LossSum Add(ReadOnlySpan<double> parameters, in SampleBatch batch, Span<double> gradient)
    {
        Check(parameters, in batch);
        if (!gradient.IsEmpty)
            Guard.SameLength(parameters, gradient);
        return Blocks.Add(parameters, _own.BatchOf(in batch), gradient);
    }

    // Implemented explicitly: for a public method with an `in` parameter the compiler adds a second method, which copies the arguments.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void IStochasticObjective.EvaluateParts(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength,
        Span<double> gradients, Span<LossSum> sums)
    {
        Check(parameters, in batch);
        BatchChecks.CheckParts(in batch, partLength, gradients, sums, ParameterCount);
        Blocks.EvaluateParts(parameters, _own.BatchOf(in batch), partLength, gradients, sums);
    }

    RowWorker? IRowSum.Rows => _rows;

    SparseWorker? IRowSum.SparseRows => _sparse;

    int IMeasuredSum.SquareCount => Model.OutputCount;

    GradientUnits IMeasuredSum.NewUnits() => new(Model, Loss, Data, Scale);

    void IMeasuredSum.MeasureParts(ReadOnlySpan<double> parameters, in SampleBatch batch, int partLength, Span<double> gradients,
        Span<LossSum> sums) => Blocks.EvaluateParts(parameters, _own.BatchOf(in batch), partLength, gradients, sums);

    private void Check(ReadOnlySpan<double> parameters, in SampleBatch batch) =>
        BatchChecks.Check(parameters, ParameterCount, "model", in batch, SampleCount);

    private static void CheckTargets(ILoss loss, Dataset data, int scoresPerTarget)
    {
        if (loss.ValidateShape(scoresPerTarget) is { } shape)
            throw Guard.Invalid(nameof(loss), $"{shape}.");
        ReadOnlySpan<double> targets = data.AllTargets;
        for (int i = 0; i < targets.Length; i++)
        {
            if (loss.ValidateTarget(targets[i], scoresPerTarget) is { } problem)
                throw Guard.Invalid(
                    nameof(data), $"Row {i / data.TargetCount}, target '{data.TargetNames[i % data.TargetCount]}' is {targets[i]}: " +
                        $"{problem}.");
        }
    }
}

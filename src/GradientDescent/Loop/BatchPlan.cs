namespace GradientDescent;

/// <summary>How an objective is cut into batches.</summary>
/// <param name="Batching">The number of samples in a step, or in a part of it where gradients are accumulated.</param>
/// <param name="AccumulationSteps">The number of parts whose gradients are added for one step.</param>
/// <param name="Order">The order of the samples within an epoch.</param>
/// <param name="DropLastBatch">Whether a shorter last batch is left out.</param>
/// <param name="Seed">Fixes the random orders.</param>
internal sealed record BatchPlan(Batching Batching, int AccumulationSteps, SampleOrder Order, bool DropLastBatch, long Seed)
{
    /// <summary>The number of rows that are shuffled together with <see cref="SampleOrder.BlockShuffled"/>.</summary>
    public int WindowRows { get; init; } = WindowOrder.DefaultRows;

    /// <summary>All samples in every step.</summary>
    public static BatchPlan Full { get; } = new(Batching.Full, 1, SampleOrder.Sequential, false, 0);

    /// <summary>Cuts a sum over samples.</summary>
    /// <param name="objective">The sum.</param>
    /// <param name="penalty">The term that is added to its mean, if there is one.</param>
    /// <param name="proximalStep">The step τ of the penalty's gradient mapping, greater than 0.</param>
    /// <param name="rowOf">
    /// The row of each sample in the user's data, where some rows were held back; <see langword="null"/>: the same.
    /// </param>
    public TrainingProblem Cut(IStochasticObjective objective, PenaltyTerm? penalty, double proximalStep, int[]? rowOf = null)
    {
        int partSize = Batching.Size ?? objective.SampleCount;
        var sampler = new BatchSampler(
            objective.SampleCount,
            (int)Math.Min((long)partSize * AccumulationSteps, objective.SampleCount),
            Batching.IsFull ? SampleOrder.Sequential : Order,
            DropLastBatch,
            Seed,
            WindowRows);
        return new TrainingProblem(objective, sampler, penalty, proximalStep)
        {
            PartSize = AccumulationSteps == 1 || sampler.IsFull ? int.MaxValue : partSize,
            RowOf = rowOf,
        };
    }
}

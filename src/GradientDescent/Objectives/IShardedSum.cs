namespace GradientDescent;

/// <summary>A sum over samples whose rows are divided among ranks.</summary>
internal interface IShardedSum : IStochasticObjective
{
    /// <summary>How the samples are divided; <see langword="null"/> where this process works alone.</summary>
    Sharding? Sharding { get; }

    /// <summary>The number of rows that are evaluated in one block; the sums of blocks are added in their order.</summary>
    int BlockRows { get; }
}

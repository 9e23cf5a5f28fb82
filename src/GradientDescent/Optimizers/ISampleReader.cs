namespace GradientDescent;

/// <summary>An optimizer that reads samples itself.</summary>
internal interface ISampleReader : IOptimizer
{
    /// <summary>
    /// Whether a step reads only the samples of its batch. On an <see cref="ISparseObjective"/> it changes only what these depend on.
    /// </summary>
    bool ReadsOnlyItsBatch { get; }
}

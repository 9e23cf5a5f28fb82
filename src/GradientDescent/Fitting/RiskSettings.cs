namespace GradientDescent;

/// <summary>The threading settings of the risks in a fit.</summary>
/// <param name="MaxDegreeOfParallelism">The maximum number of threads, at least 1.</param>
/// <param name="ParallelThreshold">The smallest number of feature values per evaluation for which several threads are used.</param>
internal sealed record RiskSettings(int MaxDegreeOfParallelism, long ParallelThreshold)
{
    public static RiskSettings Of(TrainingOptions options) =>
        new(options.MaxDegreeOfParallelism, options.ParallelThreshold ?? EmpiricalRisk.DefaultParallelThreshold);

    public EmpiricalRisk NewRisk(IModel model, ILoss loss, Dataset data, IPenalty? penalty) => new(model, loss, data, penalty)
    {
        MaxDegreeOfParallelism = MaxDegreeOfParallelism,
        ParallelThreshold = ParallelThreshold,
    };
}

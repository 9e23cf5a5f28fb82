namespace GradientDescent;

/// <summary>How risks are evaluated in a fit.</summary>
/// <param name="MaxDegreeOfParallelism">The most threads.</param>
/// <param name="ParallelThreshold">The number of features read from which on several threads are used.</param>
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

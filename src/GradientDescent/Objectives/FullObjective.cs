namespace GradientDescent;

/// <summary>An objective whose differentiable part can be separated.</summary>
internal interface ICompositeObjective : IObjective
{
    /// <summary>The objective without the nonsmooth part of its penalty; the objective itself if there is none.</summary>
    IObjective SmoothPart { get; }
}

/// <summary>
/// A sum over samples as a plain objective: the scaled mean plus the penalty. For a nonsmooth penalty, the gradient is the gradient mapping
/// with a fixed step.
/// </summary>
/// <param name="objective">The sum over samples.</param>
/// <param name="penalty">The term that is added to its mean, if there is one.</param>
/// <param name="proximalStep">The step τ of the gradient mapping.</param>
internal sealed class FullObjective(IStochasticObjective objective, PenaltyTerm? penalty, double proximalStep) : ICompositeObjective
{
    private readonly FullBatchSum _sum = new(objective);

    public ParameterLayout Layout => objective.Layout;

    public ICollective? Collective => objective.Collective;

    /// <summary>The sum over samples.</summary>
    public IStochasticObjective Sum => objective;

    public IObjective SmoothPart =>
        penalty is { IsNonsmooth: true } ? new FullObjective(objective, penalty.SmoothPart, proximalStep) : this;

    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        LossSum sum = _sum.Evaluate(parameters, gradient).TakeMean(objective.Scale, gradient).AddPenalty(penalty, parameters, gradient);
        if (!gradient.IsEmpty)
            penalty?.MapGradient(parameters, gradient, proximalStep);
        return sum.Mean;
    }
}

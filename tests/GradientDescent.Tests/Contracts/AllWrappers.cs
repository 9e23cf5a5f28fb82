namespace GradientDescent.Tests.Contracts;

/// <summary>
/// Optimizers that call others: wrappers, groups, and both inside each other. Their layouts have the blocks <c>weights</c> and
/// <c>intercepts</c>.
/// </summary>
internal static class AllWrappers
{
    public static readonly IReadOnlyDictionary<string, Func<IOptimizer>> ByName = new Dictionary<string, Func<IOptimizer>>
    {
        ["AveragedSGD"] = () => new AveragedSGD(start: Horizon.Steps(2)),
        ["AveragedOptimizer"] = () => new AveragedOptimizer(new Adam(), WeightAveraging.Exponential(0.9)),
        ["Lookahead"] = () => new Lookahead(new Momentum(), synchronizationPeriod: 3),
        ["Cautious"] = () => new Cautious(new Adam()),
        ["WeightDecay"] = () => new WeightDecay(new Adam(), 1e-3),
        ["WeightDecay coupled"] = () => new WeightDecay(new Nesterov(), 1e-3, coupled: true),
        ["WeightDecay coupled, of SharpnessAware"] =
            () => new WeightDecay(new SharpnessAware(new Adam()), 1e-3, coupled: true, onIntercepts: true),
        ["WeightDecay of groups"] = () => new WeightDecay(
            new ParameterGroups(new RMSProp()).Use("intercepts", new WeightDecay(new Adam(), 1e-3, onIntercepts: true)), 1e-3),
        ["SharpnessAware"] = () => new SharpnessAware(new Nesterov()),
        ["SharpnessAware adaptive"] = () => new SharpnessAware(new Adam(), rho: 0.5, adaptive: true),
        ["ParameterGroups"] = () => new ParameterGroups(new Adam()).Use("intercepts", new Momentum()),
        ["ParameterGroups, nothing but a default"] = () => new ParameterGroups(new Adam()),
        ["ParameterGroups, frozen"] = () => new ParameterGroups(new AdamW()).Freeze("inter*"),
        ["Groups of wrappers"] = () => new ParameterGroups(new Lookahead(new Adam(), 2))
            .Use(block => block.Role == ParameterRole.Bias, new SharpnessAware(new AveragedSGD())),
        ["Groups of groups"] = () => new ParameterGroups(new ParameterGroups(new AdamW()).Use("weights", new Lookahead(new RMSProp())))
            .Use("intercepts", new ParameterGroups(new Adam()).Freeze(block => block.Rows >= 3)),
        ["Wrappers of groups of wrappers"] = () => new AveragedOptimizer(
            new SharpnessAware(new Lookahead(new ParameterGroups(new Adam()).Use("weights", new AveragedSGD(0.02))))),
    };
}

namespace GradientDescent.Tests.Contracts;

/// <summary>The list that every promise runs over. A new optimizer joins by a line here.</summary>
internal static class AllOptimizers
{
    public static readonly IReadOnlyDictionary<string, Func<Optimizer>> ByName = new Dictionary<string, Func<Optimizer>>
    {
        ["BatchGD"] = () => new BatchGD(),
        ["SGD"] = () => new SGD(),
        ["MiniBatchSGD"] = () => new MiniBatchSGD(),
        ["Momentum"] = () => new Momentum(),
        ["Nesterov"] = () => new Nesterov(),
        ["Nesterov restart"] = () => new Nesterov(momentum: 0.999, restart: true),
        ["AdaGrad"] = () => new AdaGrad(),
        ["RMSProp"] = () => new RMSProp(),
        ["RMSProp centred"] = () => new RMSProp(centered: true),
        ["RMSProp momentum"] = () => new RMSProp(momentum: 0.9),
        ["RMSProp centred momentum"] = () => new RMSProp(momentum: 0.9, centered: true),
        ["Adam"] = () => new Adam(),
        ["Adam AMSGrad"] = () => new Adam(amsGrad: true),
        ["AdamW"] = () => new AdamW(),
        ["AdamW AMSGrad"] = () => new AdamW(amsGrad: true),
        ["AdaMax"] = () => new AdaMax(),
        ["NAdam"] = () => new NAdam(),
        ["RAdam"] = () => new RAdam(),
        ["AdaDelta"] = () => new AdaDelta(),
        ["Rprop"] = () => new Rprop(),
    };
}

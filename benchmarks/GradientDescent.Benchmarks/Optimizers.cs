namespace GradientDescent.Benchmarks;

/// <summary>The optimizers by name.</summary>
internal static class Optimizers
{
    public static readonly string[] Eight =
        [
            nameof(BatchGD), nameof(SGD), nameof(MiniBatchSGD), nameof(Momentum), nameof(Nesterov), nameof(AdaGrad), nameof(RMSProp),
            nameof(Adam),
        ];

    public static readonly string[] OtherSix =
        [nameof(AdamW), nameof(AdaMax), nameof(NAdam), nameof(RAdam), nameof(AdaDelta), nameof(Rprop)];

    /// <summary>One name a rule: BatchGD, SGD and MiniBatchSGD share theirs.</summary>
    public static readonly string[] Rules = [.. Eight.Except([nameof(BatchGD), nameof(MiniBatchSGD)]), .. OtherSix];

    public static Optimizer Create(string name) => name switch
    {
        nameof(BatchGD) => new BatchGD(),
        nameof(SGD) => new SGD(),
        nameof(MiniBatchSGD) => new MiniBatchSGD(),
        nameof(Momentum) => new Momentum(),
        nameof(Nesterov) => new Nesterov(),
        nameof(AdaGrad) => new AdaGrad(),
        nameof(RMSProp) => new RMSProp(),
        nameof(Adam) => new Adam(),
        nameof(AdamW) => new AdamW(),
        nameof(AdaMax) => new AdaMax(),
        nameof(NAdam) => new NAdam(),
        nameof(RAdam) => new RAdam(),
        nameof(AdaDelta) => new AdaDelta(),
        nameof(Rprop) => new Rprop(),
        _ => throw new ArgumentException($"There is no optimizer '{name}'.", nameof(name)),
    };
}

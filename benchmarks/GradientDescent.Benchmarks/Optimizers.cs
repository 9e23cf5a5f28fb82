using System.Reflection;

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

    /// <summary>Rules of later papers that have a loop in C.</summary>
    public static readonly string[] Later =
        [
            nameof(Lion), nameof(Yogi), nameof(AdaBelief), nameof(Adan), nameof(SignSGD), nameof(AdaBound), nameof(QHM), nameof(QHAdam),
            nameof(AdEMAMix), nameof(ADOPT), nameof(LaProp), nameof(AggMo), nameof(FTRL), nameof(MADGRAD), nameof(DiffGrad),
        ];

    /// <summary>One name a rule: BatchGD, SGD and MiniBatchSGD share theirs.</summary>
    public static readonly string[] Rules = [.. Eight.Except([nameof(BatchGD), nameof(MiniBatchSGD)]), .. OtherSix, .. Later];

    /// <summary>The optimizer of a name with its defaults.</summary>
    public static Optimizer Create(string name)
    {
        Type type = typeof(Optimizer).Assembly.GetType($"{nameof(GradientDescent)}.{name}")
            ?? throw new ArgumentException($"There is no optimizer '{name}'.", nameof(name));
        ConstructorInfo constructor = type.GetConstructors().Single();
        return (Optimizer)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)]);
    }
}

using System.Reflection;

namespace GradientDescent.Tests.Contracts;

/// <summary>
/// The list that every promise runs over: every optimizer of the library with its defaults, by its name, and settings that change the
/// state. A new optimizer is in it by itself.
/// </summary>
internal static class AllOptimizers
{
    private static readonly Dictionary<string, Func<Optimizer>> _variants = new()
    {
        ["Momentum rate outside"] = () => new Momentum(dampening: 0.1, rateInVelocity: false),
        ["Nesterov rate outside"] = () => new Nesterov(rateInVelocity: false),
        ["Nesterov restart"] = () => new Nesterov(momentum: 0.999, restart: true),
        ["AdaGrad root"] = () => new AdaGrad(epsilonInRoot: true),
        ["RMSProp centred"] = () => new RMSProp(centered: true),
        ["RMSProp momentum"] = () => new RMSProp(momentum: 0.9),
        ["RMSProp centred momentum"] = () => new RMSProp(momentum: 0.9, centered: true),
        ["RMSProp rate outside"] = () => new RMSProp(momentum: 0.9, rateInVelocity: false),
        ["RMSProp root"] = () => new RMSProp(initialAccumulator: 1, epsilonInRoot: true),
        ["RMSProp root, all"] = () => new RMSProp(momentum: 0.9, centered: true, epsilonInRoot: true, rateInVelocity: false),
        ["Adam AMSGrad"] = () => new Adam(amsGrad: true),
        ["Adam AMSGrad corrected"] = () => new Adam(amsGrad: true, correctsBeforeMaximum: true),
        ["AdaMax outside"] = () => new AdaMax(epsilonInMaximum: false),
        ["AdamW AMSGrad"] = () => new AdamW(amsGrad: true),
        ["AdaBound amsBound"] = () => new AdaBound(amsBound: true),
    };

    public static readonly IReadOnlyDictionary<string, Func<Optimizer>> ByName =
        typeof(Optimizer).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)))
            .Select(type => KeyValuePair.Create(type.Name, (Func<Optimizer>)(() => WithDefaults(type))))
            .Concat(_variants).OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary();

    private static Optimizer WithDefaults(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().Single();
        return (Optimizer)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)]);
    }
}

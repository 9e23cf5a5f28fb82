namespace GradientDescent.Tests.Contracts;

/// <summary>
/// Every rule that looks at blocks, with its defaults and with settings that change the state, and the blocks that the promises use: two
/// matrices, one wide and one tall, a row, a column and a single number.
/// </summary>
internal static class AllBlockOptimizers
{
    public const int Length = 37;

    public static readonly IReadOnlyDictionary<string, Func<BlockOptimizer>> ByName = new Dictionary<string, Func<BlockOptimizer>>
    {
        ["LAMB"] = () => new LAMB(),
        ["LARS"] = () => new LARS(),
        ["NovoGrad"] = () => new NovoGrad(),
        ["SM3"] = () => new SM3(),
        ["SM3 momentum"] = () => new SM3(momentum: 0.9),
        ["Adafactor"] = () => new Adafactor(),
        ["Adafactor unscaled"] = () => new Adafactor(scaleParameter: false),
        ["Adafactor relative step"] = () => new Adafactor(relativeStep: true),
        ["Muon"] = () => new Muon(),
        ["Muon of Lookahead"] = () => new Muon(inner: new Lookahead(new Momentum(), 3)),
        ["Shampoo"] = () => new Shampoo(),
        ["Shampoo, roots kept"] = () => new Shampoo(rootInterval: 3),
    };

    public static ParameterLayout Layout { get; } = new(
        new ParameterBlock("tall", 5, 3),
        new ParameterBlock("bias", 1, 4, ParameterRole.Bias),
        new ParameterBlock("wide", 2, 6),
        new ParameterBlock("column", 5, 1),
        new ParameterBlock("scale", 1, role: ParameterRole.Other));

    public static BlockOptimizer Bound(string name)
    {
        BlockOptimizer optimizer = ByName[name]();
        optimizer.Bind(Layout);
        return optimizer;
    }

    public static double[] Start() => [.. Enumerable.Range(0, Length).Select(i => HashedWork.Wave(i) + 0.25)];

    public static double[] Gradient(int t) => [.. Enumerable.Range(0, Length)
        .Select(i => (i + t) % 9 == 8 ? 0 : HashedWork.Wave(17 * i + 9 * t) * Math.ScaleB(1, 3 * (i % 5) - 6))];

    public static double RateAt(int t) => 0.01 / (1 + t % 3);

    public static void Updates(IOptimizer optimizer, double[] parameters, int first, int count)
    {
        for (int t = first; t < first + count; t++)
            optimizer.Update(parameters, Gradient(t), RateAt(t));
    }
}

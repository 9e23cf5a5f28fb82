namespace GradientDescent.Tests.Contracts;

/// <summary>The optimizers that find their steps themselves, with settings that make the tests quick.</summary>
internal static class AllSolvers
{
    public static readonly IReadOnlyDictionary<string, Func<RateFreeSolver>> ByName = new Dictionary<string, Func<RateFreeSolver>>
    {
        ["LBFGS"] = () => new LBFGS(),
        ["LBFGS, short memory"] = () => new LBFGS(memory: 2),
        ["BarzilaiBorwein"] = () => new BarzilaiBorwein(),
        ["BarzilaiBorwein, monotone"] = () => new BarzilaiBorwein(memory: 1),
        ["NonlinearConjugateGradient"] = () => new NonlinearConjugateGradient(),
        ["BacktrackingGradientDescent"] = () => new BacktrackingGradientDescent(),
        ["PolyakStep"] = () => new PolyakStep(lowestValue: 0),
    };

    /// <summary>Those that work with a nonsmooth penalty.</summary>
    public static IEnumerable<string> Proximal =>
        ByName.Keys.Where(name => name is not ("NonlinearConjugateGradient" or "PolyakStep"));
}

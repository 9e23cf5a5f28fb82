using GradientDescent.Tool;

namespace GradientDescent.Tests.Support;

/// <summary>NIST's linear reference problems, for theories.</summary>
public static class NistProblems
{
    public static TheoryData<string> Names => [.. ByName.Keys];

    internal static IReadOnlyDictionary<string, NistProblem> ByName { get; } = NistProblem.All().ToDictionary(problem => problem.Name);
}

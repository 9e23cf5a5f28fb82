namespace GradientDescent.Benchmarks;

/// <summary>Problems are as large as their question says, or small where the environment asks for it: CI only checks that every benchmark
/// still runs.</summary>
internal static class Scale
{
    public const string Variable = "GRADIENTDESCENT_BENCHMARKS";

    private static bool IsSmall { get; } = Environment.GetEnvironmentVariable(Variable) == "small";

    /// <summary>The number of samples or parameters to take in place of a large one.</summary>
    public static int Of(int full) => IsSmall ? Math.Min(full, 1_000) : full;
}

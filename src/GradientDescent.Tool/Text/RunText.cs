namespace GradientDescent.Tool;

/// <summary>Describes a run in the words of the command line.</summary>
internal static class RunText
{
    /// <summary>Returns the description of a run, with the option in place of a class of the library.</summary>
    public static string Of(TrainingResult result) =>
        result.ToString().Replace($"such as {nameof(L2Penalty)},", "such as --penalty l2=0.01,", StringComparison.Ordinal);
}

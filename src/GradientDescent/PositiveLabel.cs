namespace GradientDescent;

/// <summary>
/// Decides which of two labels is the positive class of a logistic regression, whose probability the model gives. The library and the tool
/// compile this file, each for itself.
/// </summary>
internal static class PositiveLabel
{
    private static readonly string[] _positive = ["yes", "y", "true", "t", "1", "positive", "pos"];
    private static readonly string[] _negative = ["no", "n", "false", "f", "0", "negative", "neg"];

    /// <summary>
    /// Returns the index of the positive label: the only one that is a positive word, otherwise the opposite of the only negative word,
    /// otherwise the second one. The words are compared without case and without white space around them.
    /// </summary>
    /// <param name="labels">Two labels in ordinal order.</param>
    public static int IndexIn(IReadOnlyList<string> labels)
    {
        if (Is(_positive, labels[0]) != Is(_positive, labels[1]))
            return Is(_positive, labels[0]) ? 0 : 1;
        return Is(_negative, labels[1]) && !Is(_negative, labels[0]) ? 0 : 1;
    }

    private static bool Is(string[] words, string label) => words.Contains(label.Trim(), StringComparer.OrdinalIgnoreCase);
}

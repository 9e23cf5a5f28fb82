namespace GradientDescent.Tool;

/// <summary>Finds the known word that is most similar to a misspelt word.</summary>
internal static class Spelling
{
    private const int MaxLength = 100;

    /// <summary>
    /// Returns the known word with the fewest spelling errors, at most one for every three letters, or <see langword="null"/> if there is
    /// none.
    /// </summary>
    public static string? Suggestion(string written, IEnumerable<string> known) => known
        .Where(word => Math.Max(written.Length, word.Length) <= MaxLength)
        .Where(word => 3 * Distance(written, word) <= Math.Max(written.Length, word.Length))
        .MinBy(word => Distance(written, word));

    /// <summary>
    /// Counts the letters that were added, left out, replaced or swapped with the next letter. Case and surrounding spaces are ignored.
    /// </summary>
    /// <remarks>
    /// Damerau, "A technique for computer detection and correction of spelling errors", 1964, in the form of the optimal string alignment
    /// distance.
    /// </remarks>
    public static int Distance(string first, string second)
    {
        (string a, string b) = (first.Trim().ToUpperInvariant(), second.Trim().ToUpperInvariant());
        int[,] errors = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    errors[i, j] = i + j;
                    continue;
                }

                int replaced = errors[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                errors[i, j] = Math.Min(replaced, 1 + Math.Min(errors[i - 1, j], errors[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    errors[i, j] = Math.Min(errors[i, j], errors[i - 2, j - 2] + 1);
            }
        }

        return errors[a.Length, b.Length];
    }
}

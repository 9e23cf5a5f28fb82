namespace GradientDescent.Tool;

/// <summary>The word that was probably meant.</summary>
internal static class Nearest
{
    /// <summary>The known word with the fewest slips of the pen, one for every three letters at most; <see langword="null"/> if there is none.</summary>
    public static string? To(string written, IEnumerable<string> known) => known
        .Where(word => 3 * Slips(written, word) <= Math.Max(written.Length, word.Length))
        .MinBy(word => Slips(written, word));

    /// <summary>Letters added, left out, replaced or exchanged with their neighbour; case and spaces around the word are none.</summary>
    /// <remarks>Damerau, "A technique for computer detection and correction of spelling errors", 1964, as the distance of optimal string alignments.</remarks>
    public static int Slips(string first, string second)
    {
        (string a, string b) = (first.Trim().ToUpperInvariant(), second.Trim().ToUpperInvariant());
        int[,] slips = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    slips[i, j] = i + j;
                    continue;
                }

                int replaced = slips[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                slips[i, j] = Math.Min(replaced, 1 + Math.Min(slips[i - 1, j], slips[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    slips[i, j] = Math.Min(slips[i, j], slips[i - 2, j - 2] + 1);
            }
        }

        return slips[a.Length, b.Length];
    }
}

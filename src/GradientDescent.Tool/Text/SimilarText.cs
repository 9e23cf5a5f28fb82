namespace GradientDescent.Tool;

/// <summary>Finds strings that are probably meant to be the same.</summary>
internal static class SimilarText
{
    private const int MaxGroups = 3;

    /// <summary>
    /// Returns a sentence that names the strings that differ only in case or blanks, or <see langword="null"/> if there are none.
    /// </summary>
    public static string? Note(IEnumerable<string> texts)
    {
        string[] groups =
        [
            .. texts.GroupBy(Letters)
                .Where(group => group.Skip(1).Any())
                .Select(group => string.Join(", ", group.Select(text => $"'{TextLayout.Quote(text)}'"))),
        ];
        string rest = groups.Length > MaxGroups ? "; ..." : "";
        return groups.Length == 0
            ? null
            : $"these values differ only in case or blanks and count as different: {string.Join("; ", groups.Take(MaxGroups))}{rest}.";
    }

    private static string Letters(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}

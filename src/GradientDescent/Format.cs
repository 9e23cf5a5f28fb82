namespace GradientDescent;

/// <summary>Text for people, in the invariant culture: messages, counts with plurals, lists, joined sentences.</summary>
internal static class Format
{
    private const int MaxListed = 10;
    private const int MaxClipped = 100;

    /// <summary>A message in the invariant culture.</summary>
    public static string Text(InvariantText message) => message.ToStringAndClear();

    /// <summary>A count with its noun: "1 step", "2 steps".</summary>
    public static string Count(long count, string noun) => Text($"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The beginning of a text that comes from a file, for a message; an ellipsis shows that it goes on.</summary>
    public static string Clip(string text, int length = MaxClipped) => text.Length <= length ? text : $"{text.AsSpan(0, length)}…";

    /// <summary>The items with commas between them; after ten items an ellipsis.</summary>
    public static string List<T>(IEnumerable<T> items)
    {
        string[] shown = [.. items.Take(MaxListed + 1).Select(item => Text($"{item}"))];
        return string.Join(", ", shown.Take(MaxListed)) + (shown.Length > MaxListed ? ", …" : "");
    }

    /// <summary>The sentences that are not empty, with spaces between them; <see langword="null"/> if there is none.</summary>
    public static string? Sentences(params string?[] sentences) =>
        string.Join(' ', sentences.Where(sentence => sentence is { Length: > 0 })) is { Length: > 0 } text ? text : null;
}

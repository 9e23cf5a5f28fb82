namespace GradientDescent.Tool;

/// <summary>Lines of text of a given width.</summary>
internal static class TextLayout
{
    public const int DefaultWidth = 80;

    private const int LongestShown = 40;

    /// <summary>What quotes a file or an argument must neither break the line nor command the terminal.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsWhiteSpace(c) ? ' ' : char.IsControl(c) ? '\uFFFD' : c));

    /// <summary>The beginning of a text that is too long, and an ellipsis in ASCII.</summary>
    public static string Clip(string text, int length) => text.Length <= length ? text : text[..(length - 3)] + "...";

    /// <summary>A text from a file, in a message.</summary>
    public static string Shown(string text) => Clip(OneLine(text), LongestShown);

    /// <summary>Breaks at spaces; a word that is wider than a line has a line of its own.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
            yield return line;
    }
}

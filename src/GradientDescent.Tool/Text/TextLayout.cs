namespace GradientDescent.Tool;

/// <summary>Breaks and shortens text for lines of a given width.</summary>
internal static class TextLayout
{
    public const int DefaultWidth = 80;

    private const int MaxQuotedLength = 40;
    private const int MaxMessageLength = 2000;

    /// <summary>
    /// Replaces line breaks and control characters, because text from a file or an argument must not control the terminal.
    /// </summary>
    public static string OneLine(string text) => VisibleText.OneLine(text);

    /// <summary>Shortens a text that is too long, and ends it with three dots.</summary>
    public static string Clip(string text, int length) => text.Length <= length ? text : text[..(length - 3)] + "...";

    /// <summary>Formats a message, which may contain a long argument or a text from a file, as one line.</summary>
    public static string Message(string text) => Clip(OneLine(text), MaxMessageLength);

    /// <summary>Formats a text from a file for a message: one line of at most 40 characters.</summary>
    public static string Quote(string text) => Clip(OneLine(text), MaxQuotedLength);

    /// <summary>Breaks a text at spaces. A word that is longer than a line is on a separate line.</summary>
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

    /// <summary>Writes a text in lines of at most 80 columns.</summary>
    public static void WriteWrapped(TextWriter output, string text)
    {
        foreach (string line in Wrap(text, DefaultWidth))
            output.WriteLine(line);
    }
}

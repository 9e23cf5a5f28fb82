using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Text in HTML.</summary>
internal static class Html
{
    /// <summary>
    /// Escapes a text for an element or a quoted attribute. Control characters and characters that XML forbids become U+FFFD, so that
    /// no name can change the order of the text around it.
    /// </summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) // a lone surrogate is U+FFFD
        {
            bool isWhite = rune.Value is '\t' or '\n' or '\r';
            if (rune.Value is 0xFFFE or 0xFFFF || (VisibleText.IsControl(rune) && !isWhite))
                safe.Append('\uFFFD');
            else
                safe.Append(rune.Value switch
                {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '"' => "&quot;",
                    '\'' => "&#39;",
                    _ => rune.ToString(),
                });
        }

        return safe.ToString();
    }
}

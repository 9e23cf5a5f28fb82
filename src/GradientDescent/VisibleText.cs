using System.Globalization;
using System.Text;

namespace GradientDescent;

/// <summary>
/// Text from files for terminals, pages and messages: on one line, without characters that are invisible or change the order of others.
/// The several packages compile this file, each for itself.
/// </summary>
internal static class VisibleText
{
    /// <summary>
    /// Returns a text in which line breaks and other white space are spaces, and other control characters are U+FFFD. Control characters
    /// are those of Unicode's categories Cc and Cf, such as U+202E, which reverses the text after it. The joiners U+200C and U+200D stay,
    /// because words of some languages need them.
    /// </summary>
    public static string OneLine(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        Rune.IsWhiteSpace(rune) ? " " : IsControl(rune) ? "\uFFFD" : rune.ToString()));

    /// <summary>
    /// Returns the code points of characters that are invisible or look like others in a number, in parentheses and with a space before
    /// them, such as <c> (U+2212 minus sign)</c>; an empty string if there is none.
    /// </summary>
    public static string Unusual(string text)
    {
        string[] names = [.. text.EnumerateRunes().Where(IsUnusual).Distinct().Select(NameOf)];
        return names.Length == 0 ? "" : $" ({string.Join(", ", names)})";
    }

    /// <summary>Returns whether a character is a control character that <see cref="OneLine"/> replaces.</summary>
    public static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D);

    private static bool IsUnusual(Rune rune) => rune.Value is not (' ' or '-') && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format => true,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.DashPunctuation => true,
        UnicodeCategory.DecimalDigitNumber => !rune.IsAscii,
        _ => rune.Value is 0x2212 or 0x2019 or 0x00B4 or 0x066B or 0x066C or 0x201A or 0xFFFD or (>= 0xFF00 and <= 0xFF65),
    };

    private static string NameOf(Rune rune)
    {
        string name = rune.Value switch
        {
            0x0000 => " null",
            0x0009 => " tab",
            0x000A => " line feed",
            0x000D => " carriage return",
            0x00A0 => " no-break space",
            0x00AD => " soft hyphen",
            0x00B4 => " acute accent",
            0x2007 => " figure space",
            0x2009 => " thin space",
            0x200B => " zero-width space",
            0x2010 => " hyphen",
            0x2011 => " no-break hyphen",
            0x2012 => " figure dash",
            0x2013 => " en dash",
            0x2014 => " em dash",
            0x2019 => " right single quotation mark",
            0x202F => " narrow no-break space",
            0x2212 => " minus sign",
            0x3000 => " ideographic space",
            0xFEFF => " byte-order mark",
            0xFFFD => " bytes that are not text",
            >= 0xFF00 and <= 0xFF65 => " full width",
            _ => "",
        };
        return FormattableString.Invariant($"U+{rune.Value:X4}{name}");
    }
}

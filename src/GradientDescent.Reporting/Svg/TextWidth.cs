using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Estimates the width of a text in 12-pixel type: at least its width in every font that the charts name.</summary>
/// <remarks>
/// Each character has the width of DejaVu Sans or Liberation Sans, whichever is wider, rounded up to 0.05 em. The other fonts are narrower.
/// </remarks>
internal static class TextWidth
{
    private const double FontSize = 12;
    private const char Ellipsis = '…';

    private static readonly (double Width, string Characters)[] _classes =
    [
        (0.30, "'Iijl"), (0.35, " ,./:;\\|·"), (0.40, "()-[]ft⁰¹²³⁴⁵⁶⁷⁸⁹"), (0.45, "!r"), (0.50, "\"*J`"), (0.55, "csz⁻"),
        (0.60, "?L_kvxy"), (0.65, "$0123456789FTabdeghnopqu{}"), (0.70, "ABEKPSVXYZ"), (0.75, "CNRU"), (0.80, "&DGHOQ"),
        (0.85, "#+<=>^w~×−"), (0.90, "M"), (1.00, "%Wm…"),
    ];

    private static readonly Dictionary<Rune, double> _known = _classes
        .SelectMany(one => one.Characters.EnumerateRunes().Select(rune => (rune, one.Width)))
        .ToDictionary();

    /// <summary>The width in pixels.</summary>
    public static double Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>Cuts a text that is too wide and ends it with an ellipsis.</summary>
    public static string Shorten(string text, double width)
    {
        if (Of(text) <= width)
            return text;
        var start = new StringBuilder();
        double room = width - Of(new Rune(Ellipsis));
        foreach (Rune rune in text.EnumerateRunes())
        {
            room -= Of(rune);
            if (room < 0)
                break;
            start.Append(rune);
        }

        return start.ToString().TrimEnd() + Ellipsis;
    }

    private static double Of(Rune rune) =>
        FontSize * (_known.TryGetValue(rune, out double width) ? width : rune.Value < 0x400 ? 0.8 : 1.1);
}

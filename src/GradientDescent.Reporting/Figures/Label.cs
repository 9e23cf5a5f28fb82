using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>Texts in figures.</summary>
internal static class Label
{
    private const int MaxLength = 40;

    /// <summary>
    /// A text in which plotly.js sees no markup: <c>&lt;b&gt;</c> in a name is shown as it stands. It is on one line, and no character in
    /// it changes the order of the others.
    /// </summary>
    public static string Of(string text) => VisibleText.OneLine(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The same of a text that is cut after 40 characters.</summary>
    public static string Short(string text)
    {
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        return Of(starts.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, starts[MaxLength - 1]), "…"));
    }

    /// <summary>A number with five digits.</summary>
    public static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture)
        .Replace("E+0", "E", StringComparison.Ordinal)
        .Replace("E-0", "E-", StringComparison.Ordinal).Replace('-', '−');
}

using System.Globalization;

namespace GradientDescent.Reporting;

/// <summary>Text in figures.</summary>
internal static class Label
{
    /// <summary>
    /// A text in which plotly.js sees no markup and no variables: <c>&lt;b&gt;</c> and <c>%{x}</c> in a name are shown as they stand. It is
    /// on one line, and no character in it changes the order of the others.
    /// </summary>
    public static string Of(string text) => VisibleText.OneLine(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("%{", "%&#123;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>The same of a text that is cut after a number of characters.</summary>
    public static string Short(string text, int length = 40)
    {
        int[] starts = StringInfo.ParseCombiningCharacters(text);
        return Of(starts.Length <= length ? text : string.Concat(text.AsSpan(0, starts[length - 1]), "…"));
    }

    /// <summary>A number with five digits.</summary>
    public static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture)
        .Replace("E+0", "E", StringComparison.Ordinal)
        .Replace("E-0", "E-", StringComparison.Ordinal).Replace('-', '−');
}

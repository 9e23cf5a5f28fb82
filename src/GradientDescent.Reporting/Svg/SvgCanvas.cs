using System.Globalization;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Writes the elements of a picture: short, and the same bytes on every machine.</summary>
/// <param name="runs">Indices of the page's runs by name; <see langword="null"/> for a picture in a file.</param>
internal sealed class SvgCanvas(IReadOnlyDictionary<string, int>? runs = null)
{
    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>A coordinate: at most two decimals.</summary>
    public static string Number(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Text that is safe between tags and in a quoted attribute; characters that XML forbids become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
                safe.Append(c).Append(text[++i]);
            else if (c is < ' ' and not '\t' and not '\n' and not '\r' or '\uFFFE' or '\uFFFF' || char.IsSurrogate(c))
                safe.Append('\uFFFD');
            else
                safe.Append(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\'' => "&#39;", _ => c.ToString() });
        }

        return safe.ToString();
    }

    /// <summary>The colour of a series: its run's, if the page has one of that name.</summary>
    public int ColourOf(string name, int ordinal) => runs is not null && runs.TryGetValue(name, out int run) ? run : ordinal;

    /// <summary>What is drawn until <see cref="EndSeries"/> has a series' colour and dashes and, on a page, is switched with its run.</summary>
    public void BeginSeries(string name, int ordinal)
    {
        string run = runs is not null && runs.TryGetValue(name, out int index) ? FormattableString.Invariant($" data-run=\"{index}\"") : "";
        _text.Append(CultureInfo.InvariantCulture, $"<g class=\"{Palette.Style(ColourOf(name, ordinal))}\"{run}>");
    }

    public void EndSeries() => _text.Append("</g>\n");

    public void Text(double x, double y, string text, string style = "", string anchor = "")
    {
        string styleText = style.Length == 0 ? "" : $" class=\"{style}\"", anchorText = anchor.Length == 0 ? "" : $" text-anchor=\"{anchor}\"";
        _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(x)}\" y=\"{Number(y)}\"{styleText}{anchorText}>{Escape(text)}</text>\n");
    }

    /// <summary>A text that is read from below.</summary>
    public void TurnedText(double x, double y, string text, string style) => _text.Append(
        CultureInfo.InvariantCulture, $"<text x=\"{Number(x)}\" y=\"{Number(y)}\" class=\"{style}\" transform=\"rotate(-90 {Number(x)} {Number(y)})\">{Escape(text)}</text>\n");

    public void Line(double x1, double y1, double x2, double y2, string style) => Path($"M{Number(x1)} {Number(y1)}L{Number(x2)} {Number(y2)}", style);

    /// <param name="data">The <c>d</c> attribute.</param>
    /// <param name="style">The class.</param>
    /// <param name="opacity">From 0 to 1.</param>
    public void Path(string data, string style, double opacity = 1)
    {
        if (data.Length > 0)
            _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\"{Opacity(opacity)} d=\"{data}\"/>\n");
    }

    public void Circle(double x, double y, double radius, string style, double opacity = 1) =>
        _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\"{Opacity(opacity)} cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\"/>\n");

    /// <param name="x">Left.</param>
    /// <param name="y">Top.</param>
    /// <param name="width">Not negative.</param>
    /// <param name="height">Not negative.</param>
    /// <param name="style">The class.</param>
    /// <param name="opacity">From 0 to 1.</param>
    /// <param name="hint">Shown by a browser when pointed at.</param>
    public void Rectangle(double x, double y, double width, double height, string style, double opacity = 1, string? hint = null)
    {
        string end = hint is null ? "/>" : $"><title>{Escape(hint)}</title></rect>";
        _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\"{Opacity(opacity)} x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"{end}\n");
    }

    /// <summary>What is drawn until <see cref="EndClip"/> is cut off at a rectangle; coordinates stay what they are.</summary>
    public void BeginClip(double x, double y, double width, double height) => // a nested picture cuts off without an id that another picture on the page might have
        _text.Append(CultureInfo.InvariantCulture, $"<svg x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\" viewBox=\"{Number(x)} {Number(y)} {Number(width)} {Number(height)}\" overflow=\"hidden\">\n");

    public void EndClip() => _text.Append("</svg>\n");

    private static string Opacity(double opacity) => opacity == 1 ? "" : $" opacity=\"{Number(opacity)}\"";
}

using System.Globalization;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>Writes SVG elements in a short form that has the same bytes on every machine.</summary>
/// <param name="runs">The indices of the runs of a page by name; <see langword="null"/> for a picture in a file.</param>
internal sealed class SvgCanvas(IReadOnlyDictionary<string, int>? runs = null)
{
    public const double PictureWidth = 480;

    private readonly StringBuilder _text = new();

    public override string ToString() => _text.ToString();

    /// <summary>A coordinate with at most two decimals.</summary>
    public static string Number(double value)
    {
        string text = value.ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

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

    /// <summary>The colour index of a series: that of the run with the same name, if the page has one.</summary>
    public int ColourOf(string name, int ordinal) => runs is not null && runs.TryGetValue(name, out int run) ? run : ordinal;

    /// <summary>
    /// Begins a group with the colour and dashes of a series. On a page the group is shown and hidden with its run.
    /// </summary>
    public void BeginSeries(string name, int ordinal)
    {
        string run = runs is not null && runs.TryGetValue(name, out int index) ? FormattableString.Invariant($" data-run=\"{index}\"") : "";
        _text.Append(CultureInfo.InvariantCulture, $"<g class=\"{Palette.Style(ColourOf(name, ordinal))}\"{run}>");
    }

    public void EndSeries() => _text.Append("</g>\n");

    public void Text(double x, double y, string text, string style = "", string anchor = "")
    {
        string styleText = style.Length == 0 ? "" : $" class=\"{style}\"";
        string anchorText = anchor.Length == 0 ? "" : $" text-anchor=\"{anchor}\"";
        string attributes = $"x=\"{Number(x)}\" y=\"{Number(y)}\"{styleText}{anchorText}";
        _text.Append(CultureInfo.InvariantCulture, $"<text {attributes}>{Escape(text)}</text>\n");
    }

    /// <summary>A text turned by 90 degrees, read upwards.</summary>
    public void TurnedText(double x, double y, string text, string style)
    {
        (string left, string top) = (Number(x), Number(y));
        string attributes = $"x=\"{left}\" y=\"{top}\" class=\"{style}\" transform=\"rotate(-90 {left} {top})\"";
        _text.Append(CultureInfo.InvariantCulture, $"<text {attributes}>{Escape(text)}</text>\n");
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Path($"M{Number(x1)} {Number(y1)}L{Number(x2)} {Number(y2)}", style);

    /// <param name="data">The value of the <c>d</c> attribute.</param>
    /// <param name="style">The CSS class.</param>
    /// <param name="opacity">The opacity, from 0 to 1.</param>
    public void Path(string data, string style, double opacity = 1)
    {
        if (data.Length > 0)
            _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\"{Opacity(opacity)} d=\"{data}\"/>\n");
    }

    public void Circle(double x, double y, double radius, string style, double opacity = 1)
    {
        string place = $"cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\"";
        _text.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\"{Opacity(opacity)} {place}/>\n");
    }

    /// <param name="x">The left edge.</param>
    /// <param name="y">The top edge.</param>
    /// <param name="width">The width; not negative.</param>
    /// <param name="height">The height; not negative.</param>
    /// <param name="style">The CSS class.</param>
    /// <param name="opacity">The opacity, from 0 to 1.</param>
    /// <param name="hint">The tooltip.</param>
    public void Rectangle(double x, double y, double width, double height, string style, double opacity = 1, string? hint = null)
    {
        string end = hint is null ? "/>" : $"><title>{Escape(hint)}</title></rect>";
        _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\"{Opacity(opacity)} {Box(x, y, width, height)}{end}\n");
    }

    /// <summary>Begins a rectangle that clips what is drawn until <see cref="EndClip"/>. Coordinates do not change.</summary>
    /// <remarks>A nested <c>svg</c> element needs no id, unlike a <c>clipPath</c>: ids must be unique in a page.</remarks>
    public void BeginClip(double x, double y, double width, double height)
    {
        string viewBox = $"viewBox=\"{Number(x)} {Number(y)} {Number(width)} {Number(height)}\"";
        _text.Append(CultureInfo.InvariantCulture, $"<svg {Box(x, y, width, height)} {viewBox} overflow=\"hidden\">\n");
    }

    public void EndClip() => _text.Append("</svg>\n");

    private static string Box(double x, double y, double width, double height) =>
        $"x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"";

    private static string Opacity(double opacity) => opacity == 1 ? "" : $" opacity=\"{Number(opacity)}\"";
}

using System.Globalization;
using System.Text;

namespace GradientDescent.Reporting;

/// <summary>A picture. <see cref="Charts"/> makes them.</summary>
public abstract class Chart
{
    internal const double PictureWidth = 480;

    private protected Chart(string title, string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        (Title, Description) = (title, description);
    }

    /// <summary>What the picture shows.</summary>
    public string Title { get; }

    /// <summary>The same in a sentence, for those who cannot see it.</summary>
    public string Description { get; }

    /// <summary>The picture as an SVG file's text, in dark colours on white; the same bytes on every machine.</summary>
    public string ToSvg()
    {
        var canvas = new SvgCanvas();
        double height = Draw(canvas);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="gd" role="img" viewBox="0 0 {SvgCanvas.Number(PictureWidth)} {SvgCanvas.Number(height)}" width="{SvgCanvas.Number(PictureWidth)}" height="{SvgCanvas.Number(height)}">
            <title>{SvgCanvas.Escape(Title)}</title>
            <desc>{SvgCanvas.Escape(Description)}</desc>
            <style>
            {Palette.Rules((_, colour) => colour)}</style>
            <rect class="paper" width="100%" height="100%"/>
            {canvas}</svg>

            """).ReplaceLineEndings("\n");
    }

    /// <summary>Writes <see cref="ToSvg"/> to a file.</summary>
    /// <param name="path">The file; an existing one is overwritten.</param>
    public void SaveSvg(string path) => File.WriteAllText(path, ToSvg(), new UTF8Encoding(false));

    /// <summary>The picture as a part of a page, which has the colours.</summary>
    internal string ToInlineSvg(string id, IReadOnlyDictionary<string, int> runs)
    {
        // No title element: browsers would show it wherever the pointer rests.
        var canvas = new SvgCanvas(runs);
        double height = Draw(canvas);
        string label = SvgCanvas.Escape($"{Title}. {Description}"), focus = Hover is null ? "" : " tabindex=\"0\"";
        return $"<svg id=\"{id}\" class=\"gd\" role=\"img\" aria-label=\"{label}\"{focus} viewBox=\"0 0 {SvgCanvas.Number(PictureWidth)} {SvgCanvas.Number(height)}\">\n{canvas}</svg>\n";
    }

    /// <summary>Draws and returns the height.</summary>
    internal abstract double Draw(SvgCanvas canvas);

    /// <summary>What a page can show of single values; <see langword="null"/> for none.</summary>
    internal virtual HoverValues? Hover => null;
}

/// <summary>Values for the page's script, and how they were placed.</summary>
internal sealed record HoverValues(Frame Frame, IReadOnlyList<Series> Series, bool IsByColumn);

namespace GradientDescent.Reporting;

/// <summary>A chart, created by <see cref="Charts"/>, that can be saved as an SVG picture.</summary>
public abstract class Chart
{
    private protected Chart(string title, string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        (Title, Description) = (title, description);
    }

    /// <summary>The title of the chart.</summary>
    public string Title { get; }

    /// <summary>A sentence that describes the chart to readers who cannot see it.</summary>
    public string Description { get; }

    /// <summary>Returns the title and the description.</summary>
    public sealed override string ToString() => $"{Title}: {Description}";

    /// <summary>Returns the text of an SVG file, in dark colours on white. The same chart gives the same bytes on every machine.</summary>
    public string ToSvg()
    {
        var canvas = new SvgCanvas();
        string width = SvgCanvas.Number(SvgCanvas.PictureWidth), height = SvgCanvas.Number(Draw(canvas));
        string size = $"viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"";
        return
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" class="gd" role="img" {size}>
            <title>{SvgCanvas.Escape(Title)}</title>
            <desc>{SvgCanvas.Escape(Description)}</desc>
            <style>
            {Palette.Rules((_, colour) => colour)}</style>
            <rect class="paper" width="100%" height="100%"/>
            {canvas}</svg>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Writes <see cref="ToSvg"/> to a file.</summary>
    /// <param name="path">The path of the file. An existing file is replaced as a whole; if this fails, it is unchanged.</param>
    public void SaveSvg(string path) => AtomicFile.WriteText(path, ToSvg());

    /// <summary>The chart as a part of an HTML page, whose style sheet has the colours.</summary>
    internal string ToInlineSvg(string id, IReadOnlyDictionary<string, int> runs)
    {
        // No title element: browsers would show it as a tooltip of the whole chart.
        var canvas = new SvgCanvas(runs);
        string width = SvgCanvas.Number(SvgCanvas.PictureWidth), height = SvgCanvas.Number(Draw(canvas));
        string label = SvgCanvas.Escape($"{Title}. {Description}"), focus = Hover is null ? "" : " tabindex=\"0\"";
        string attributes = $"id=\"{id}\" class=\"gd\" role=\"img\" aria-label=\"{label}\"{focus} viewBox=\"0 0 {width} {height}\"";
        return $"<svg {attributes}>\n{canvas}</svg>\n";
    }

    /// <summary>Draws the chart and returns its height.</summary>
    internal abstract double Draw(SvgCanvas canvas);

    /// <summary>The values that a page shows at the pointer, or <see langword="null"/> if there are none.</summary>
    internal virtual HoverValues? Hover => null;
}

/// <summary>The values that a page shows at the pointer.</summary>
/// <param name="Frame">The axes and the rectangle that the values are drawn in.</param>
/// <param name="Series">The values.</param>
/// <param name="IsByColumn">Whether all series are shown at one x; otherwise only the nearest point.</param>
internal sealed record HoverValues(Frame Frame, IReadOnlyList<Series> Series, bool IsByColumn);

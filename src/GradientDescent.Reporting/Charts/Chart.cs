namespace GradientDescent.Reporting;

/// <summary>
/// A chart, created by <see cref="Charts"/>: a page of its own, a part of a <see cref="Report"/>, or a picture.
/// </summary>
/// <remarks>Immutable. The same chart gives the same page and the same JSON on every machine.</remarks>
public sealed class Chart
{
    private const double LegendHeight = 26;
    private const int ManyNames = 12;

    internal Chart(string title, string description, Figure figure)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        Titled = new(title, description, figure with
        {
            Layout = figure.Layout with
            {
                Legend = figure.Data.Count(trace => trace is { Name: not null, ShowLegend: not false }) > ManyNames
                    ? figure.Layout.Legend with { MaxHeight = 0.35 } : figure.Layout.Legend,
                Margin = figure.Layout.Margin with { T = figure.Layout.Margin.T + (figure.HasLegend() ? LegendHeight : 0) },
                Title = new(Label.Of(title))
                {
                    Font = new() { Size = 15, Color = Colour.Ink },
                    X = 0,
                    XAnchor = "left",
                    XRef = "container",
                    Y = 1,
                    YAnchor = "top",
                    Pad = new(12, 12),
                },
            },
        });
    }

    /// <summary>The title of the chart.</summary>
    public string Title => Titled.Title;

    /// <summary>A sentence that says what the chart shows, also to readers who cannot see it.</summary>
    public string Description => Titled.Description;

    internal TitledFigure Titled { get; }

    /// <summary>Returns the title and the description.</summary>
    public override string ToString() => $"{Title}: {Description}";

    /// <summary>
    /// Returns the text of a page with this chart: one file, about 1.2 MB, or 5 MB with contours or surfaces, which works without a
    /// network.
    /// </summary>
    public string ToHtml() => HtmlPage.Write(Titled);

    /// <summary>Writes <see cref="ToHtml"/> to a file.</summary>
    /// <param name="path">The path of the file. An existing file is replaced as a whole; if this fails, it is unchanged.</param>
    public void SaveHtml(string path) => AtomicFile.WriteText(path, ToHtml());

    /// <summary>
    /// Returns the figure as JSON, with the members <c>data</c>, <c>layout</c> and, if it moves, <c>frames</c>, as
    /// <c>Plotly.newPlot(element, figure)</c> of plotly.js takes it: for pages and notebooks of your own. Its colours are those for white
    /// paper.
    /// </summary>
    public string ToJson() => FigureJson.Light(Titled.Figure);

    /// <summary>
    /// Writes the chart as a picture, on white paper. It is drawn by a browser that is installed: Chromium, Chrome or Edge.
    /// </summary>
    /// <param name="path">
    /// The path of the file, which ends with ".svg" or ".png". An existing file is replaced as a whole; if this fails, it is unchanged.
    /// </param>
    /// <param name="options">The size of the picture and the browser.</param>
    /// <exception cref="ArgumentException">The path has another ending.</exception>
    /// <exception cref="InvalidOperationException">There is no browser, or it does not draw the chart.</exception>
    public void SaveImage(string path, ImageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string format = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".SVG" => "svg",
            ".PNG" => "png",
            _ => throw new ArgumentException($"path is '{path}': it must end with .svg or .png.", nameof(path)),
        };
        byte[] image = HeadlessBrowser.Draw(Titled, format, options ?? new());
        AtomicFile.Write(path, stream => stream.Write(image));
    }
}

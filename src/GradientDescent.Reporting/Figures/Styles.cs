using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>A line: colour, width in pixels, dashes.</summary>
internal sealed record LineStyle
{
    public Colour? Color { get; init; }

    public double? Width { get; init; }

    /// <summary>"solid", "dash", "dot", "dashdot" or lengths.</summary>
    public string? Dash { get; init; }

    public double? Smoothing { get; init; }

    /// <summary>The line with the colour of another series, if it has the colour of one.</summary>
    public LineStyle WithSeries(int series) => Color is { IsOfSeries: true } ? this with { Color = Colour.OfSeries(series) } : this;
}

/// <summary>Markers of points, or the filling of bars.</summary>
internal sealed record MarkerStyle
{
    public Paint? Color { get; init; }

    public IReadOnlyList<double>? Opacity { get; init; }

    public double? Size { get; init; }

    public string? Symbol { get; init; }

    public LineStyle? Line { get; init; }

    public IReadOnlyList<ColourStop>? ColorScale { get; init; }

    [JsonPropertyName("cmin")]
    public double? Lowest { get; init; }

    [JsonPropertyName("cmax")]
    public double? Highest { get; init; }

    public bool? ShowScale { get; init; }

    public ColourBar? ColorBar { get; init; }

    /// <summary>The markers with the colour of another series, if they have the colour of one.</summary>
    public MarkerStyle WithSeries(int series) => this with
    {
        Color = Color is { Values: null, Each: null, One.IsOfSeries: true } ? Colour.OfSeries(series) : Color,
        Line = Line?.WithSeries(series),
    };
}

/// <summary>Distances from a point to the ends of its interval.</summary>
internal sealed record ErrorBars(IReadOnlyList<double> Array, IReadOnlyList<double> ArrayMinus, Colour Color)
{
    public bool Symmetric { get; }

    public double Thickness { get; } = 1.7;
}

/// <summary>Lines of equal value at equal distances.</summary>
internal sealed record ContourLevels(double Start, double End, double Size);

/// <summary>Lines of equal height on a surface.</summary>
internal sealed record SurfaceContours(HeightLines Z);

/// <summary>Lines of equal height at equal distances, drawn on the surface and below it.</summary>
internal sealed record HeightLines(double Start, double End, double Size, Colour Color)
{
    public bool Show { get; } = true;

    public double Width { get; } = 1;
}

/// <summary>The legend of a colour scale.</summary>
internal sealed record ColourBar
{
    public TitleText? Title { get; init; }

    public IReadOnlyList<double>? TickVals { get; init; }

    public IReadOnlyList<string>? TickText { get; init; }

    public double Thickness { get; } = 14;

    public double OutlineWidth { get; }

    public double? Len { get; init; }

    public string? LenMode { get; init; }

    public FontStyle? TickFont { get; init; }
}

/// <summary>A font.</summary>
internal sealed record FontStyle
{
    public string? Family { get; init; }

    public double? Size { get; init; }

    public Colour? Color { get; init; }
}

/// <summary>A title of a figure, an axis or a colour bar.</summary>
internal sealed record TitleText(string Text)
{
    public FontStyle? Font { get; init; }

    public double? X { get; init; }

    public string? XAnchor { get; init; }

    public string? XRef { get; init; }

    public double? Y { get; init; }

    public string? YAnchor { get; init; }

    public Padding? Pad { get; init; }

    public string? Side { get; init; }

    /// <summary>The distance from the labels of the ticks in pixels. Without it, long labels cover the title.</summary>
    public double? Standoff { get; init; }
}

/// <summary>Free space at the left and at the top, in pixels.</summary>
internal sealed record Padding(double L, double T);

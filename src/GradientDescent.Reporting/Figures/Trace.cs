using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>What a figure draws. The properties have the meaning of the attributes of the same name in plotly.js.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ScatterTrace), "scatter")]
[JsonDerivedType(typeof(BarTrace), "bar")]
[JsonDerivedType(typeof(ContourTrace), "contour")]
[JsonDerivedType(typeof(SurfaceTrace), "surface")]
[JsonDerivedType(typeof(PathIn3D), "scatter3d")]
internal abstract record Trace
{
    /// <summary>The name in the legend and at the pointer, as <see cref="Label"/> writes it.</summary>
    public string? Name { get; init; }

    /// <summary>What the trace belongs to: the page reads it.</summary>
    public TraceOwner? Meta { get; init; }

    public bool? ShowLegend { get; init; }

    public string? LegendGroup { get; init; }

    public string? HoverInfo { get; init; }

    public string? HoverTemplate { get; init; }

    public double? Opacity { get; init; }

    /// <summary>The trace with the colour of another series.</summary>
    public virtual Trace WithSeries(int series) => this;
}

/// <summary>The name of the series that a trace shows, not escaped. A page shows and hides it with the run of the same name.</summary>
internal sealed record TraceOwner(string Series);

/// <summary>Points in two dimensions, joined by lines or not.</summary>
internal sealed record ScatterTrace : Trace
{
    public IReadOnlyList<double>? X { get; init; }

    public IReadOnlyList<double>? Y { get; init; }

    /// <summary>"lines", "markers", "lines+markers" or "text".</summary>
    public string? Mode { get; init; }

    public LineStyle? Line { get; init; }

    public MarkerStyle? Marker { get; init; }

    public IReadOnlyList<string>? Text { get; init; }

    public IReadOnlyList<double[]>? CustomData { get; init; }

    [JsonPropertyName("error_x")]
    public ErrorBars? ErrorX { get; init; }

    [JsonPropertyName("error_y")]
    public ErrorBars? ErrorY { get; init; }

    public string? XAxis { get; init; }

    public string? YAxis { get; init; }

    public override Trace WithSeries(int series) => this with { Line = Line?.WithSeries(series), Marker = Marker?.WithSeries(series) };
}

/// <summary>Bars.</summary>
internal sealed record BarTrace : Trace
{
    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Where the bars begin.</summary>
    public double? Base { get; init; }

    public IReadOnlyList<double>? Width { get; init; }

    /// <summary>The text in each bar.</summary>
    public IReadOnlyList<string>? Text { get; init; }

    public string? TextPosition { get; init; }

    public string? InsideTextAnchor { get; init; }

    public double? TextAngle { get; init; }

    public FontStyle? TextFont { get; init; }

    /// <summary>The text of each bar at the pointer.</summary>
    public IReadOnlyList<string>? HoverText { get; init; }

    public MarkerStyle? Marker { get; init; }

    public string? XAxis { get; init; }

    public string? YAxis { get; init; }
}

/// <summary>Areas between lines of equal value.</summary>
internal sealed record ContourTrace : Trace
{
    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }

    public required Grid Z { get; init; }

    /// <summary>The values that the pointer shows.</summary>
    public required Grid CustomData { get; init; }

    public required ContourLevels Contours { get; init; }

    public required IReadOnlyList<ColourStop> ColorScale { get; init; }

    public required ColourBar ColorBar { get; init; }

    public LineStyle? Line { get; init; }
}

/// <summary>A surface over a plane.</summary>
internal sealed record SurfaceTrace : Trace
{
    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }

    public required Grid Z { get; init; }

    /// <summary>The values that the pointer shows.</summary>
    public required Grid CustomData { get; init; }

    public required string ColorScale { get; init; }

    public required ColourBar ColorBar { get; init; }

    public SurfaceContours? Contours { get; init; }
}

/// <summary>A path in three dimensions.</summary>
internal sealed record PathIn3D : Trace
{
    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }

    public required IReadOnlyList<double> Z { get; init; }

    /// <summary>The values that the pointer shows.</summary>
    public IReadOnlyList<double[]>? CustomData { get; init; }

    public required string Mode { get; init; }

    public LineStyle? Line { get; init; }

    public MarkerStyle? Marker { get; init; }

    public override Trace WithSeries(int series) => this with { Line = Line?.WithSeries(series), Marker = Marker?.WithSeries(series) };
}

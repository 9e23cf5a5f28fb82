using System.Text.Json.Serialization;

namespace GradientDescent.Reporting;

/// <summary>Axes, titles and sizes of a figure. The properties have the meaning of the attributes of the same name in plotly.js.</summary>
internal sealed record Layout
{
    public TitleText? Title { get; init; }

    public double Height { get; init; } = 360;

    public FontStyle Font { get; init; } = new() { Family = FontFamily, Size = 12, Color = Colour.Ink };

    [JsonPropertyName("paper_bgcolor")]
    public Colour Paper { get; init; } = Colour.Paper;

    [JsonPropertyName("plot_bgcolor")]
    public Colour Plot { get; init; } = Colour.Paper;

    public Margins Margin { get; init; } = new();

    public AxisStyle? XAxis { get; init; }

    public AxisStyle? YAxis { get; init; }

    public bool? ShowLegend { get; init; }

    public LegendStyle Legend { get; init; } = new();

    /// <summary>"closest", or "x unified": one box for all traces.</summary>
    public string HoverMode { get; init; } = "closest";

    public HoverStyle HoverLabel { get; init; } = new();

    public string? BarMode { get; init; }

    public double? BarGap { get; init; }

    public IReadOnlyList<AnnotationText>? Annotations { get; init; }

    public IReadOnlyList<ShapeStyle>? Shapes { get; init; }

    /// <summary>Several pairs of axes side by side.</summary>
    public PanelGrid? Grid { get; init; }

    /// <summary>The style of the axes of panels.</summary>
    public LayoutTemplate? Template { get; init; }

    public SceneStyle? Scene { get; init; }

    public const string FontFamily = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
}

internal sealed record Margins
{
    public double L { get; init; } = 56;

    public double R { get; init; } = 16;

    public double T { get; init; } = 48;

    public double B { get; init; } = 44;
}

/// <summary>An axis.</summary>
internal sealed record AxisStyle
{
    public TitleText? Title { get; init; }

    /// <summary>"linear" or "log".</summary>
    public string Type { get; init; } = "linear";

    /// <summary>The ends; on a logarithmic axis their decimal logarithms.</summary>
    public IReadOnlyList<double>? Range { get; init; }

    public IReadOnlyList<double>? TickVals { get; init; }

    public IReadOnlyList<string>? TickText { get; init; }

    [JsonPropertyName("nticks")]
    public int? MaxTicks { get; init; }

    /// <summary>The distance of the ticks; "D1" on a logarithmic axis: all digits.</summary>
    public double? Dtick { get; init; }

    public double? TickAngle { get; init; }

    /// <summary>The angles of the labels of ticks, of which the first is taken that leaves them apart.</summary>
    public IReadOnlyList<double>? AutoTickAngles { get; init; }

    public bool? Visible { get; init; }

    public bool ShowGrid { get; init; } = true;

    public bool? ZeroLine { get; init; }

    public Colour GridColor { get; init; } = Colour.Grid;

    public Colour ZeroLineColor { get; init; } = Colour.Muted;

    public Colour LineColor { get; init; } = Colour.Muted;

    public bool AutoMargin { get; init; } = true;

    public string ExponentFormat { get; init; } = "power";

    /// <summary>The decimal exponent from which on numbers are written as powers of ten.</summary>
    public int MinExponent { get; init; } = 5;

    public string? ScaleAnchor { get; init; }

    public string? Constrain { get; init; }

    public bool? FixedRange { get; init; }

    public string? Side { get; init; }

    [JsonPropertyName("backgroundcolor")]
    public Colour? Background { get; init; }
}

internal sealed record LegendStyle
{
    public string Orientation { get; init; } = "h";

    public double X { get; init; }

    public double Y { get; init; } = 1.02;

    public string YAnchor { get; init; } = "bottom";

    /// <summary>The largest share of the height of the figure; the rest is scrolled.</summary>
    public double? MaxHeight { get; init; }

    [JsonPropertyName("bgcolor")]
    public Colour Background { get; init; } = Colour.Paper with { Opacity = 0 };
}

internal sealed record HoverStyle
{
    [JsonPropertyName("bgcolor")]
    public Colour Background { get; init; } = Colour.Paper;

    public Colour BorderColor { get; init; } = Colour.Muted;

    public FontStyle Font { get; init; } = new() { Size = 12, Color = Colour.Ink };

    /// <summary>The number of letters of a name; -1: all.</summary>
    public int NameLength { get; } = -1;
}

/// <summary>A text at a place.</summary>
internal sealed record AnnotationText
{
    public required string Text { get; init; }

    public required double X { get; init; }

    public required double Y { get; init; }

    public string XRef { get; init; } = "x";

    public string YRef { get; init; } = "y";

    public string XAnchor { get; init; } = "center";

    public string YAnchor { get; init; } = "middle";

    public bool ShowArrow { get; }

    public FontStyle? Font { get; init; }

    [JsonPropertyName("bgcolor")]
    public Colour? Background { get; init; }
}

/// <summary>A straight line at a place.</summary>
internal sealed record ShapeStyle
{
    public string Type { get; } = "line";

    public string XRef { get; init; } = "x";

    public string YRef { get; init; } = "y";

    public required double X0 { get; init; }

    public required double Y0 { get; init; }

    public required double X1 { get; init; }

    public required double Y1 { get; init; }

    public string Layer { get; init; } = "below";

    public required LineStyle Line { get; init; }
}

/// <summary>Panels in rows and columns.</summary>
internal sealed record PanelGrid(int Rows, int Columns, double XGap, double YGap)
{
    public string Pattern { get; } = "independent";
}

/// <summary>The defaults of a layout.</summary>
internal sealed record LayoutTemplate(PanelLayout Layout);

/// <summary>The defaults of the axes of panels.</summary>
internal sealed record PanelLayout(AxisStyle XAxis, AxisStyle YAxis);

/// <summary>Three axes and the eye that looks at them.</summary>
internal sealed record SceneStyle(AxisStyle XAxis, AxisStyle YAxis, AxisStyle ZAxis)
{
    public Camera Camera { get; } = new(new(0.45, -1.65, 1.7), new(0, 0, -0.15));

    public string AspectMode { get; } = "manual";

    public Place3D AspectRatio { get; } = new(1, 1, 0.75);
}

internal sealed record Camera(Place3D Eye, Place3D Center);

internal sealed record Place3D(double X, double Y, double Z);

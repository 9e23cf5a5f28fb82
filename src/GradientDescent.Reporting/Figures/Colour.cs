namespace GradientDescent.Reporting;

/// <summary>A colour by its name in <see cref="Theme"/>, so that a page can be light or dark.</summary>
/// <param name="Name">The name.</param>
/// <param name="Opacity">The opacity, from 0 to 1.</param>
internal readonly record struct Colour(string Name, double Opacity = 1)
{
    /// <summary>The number of different colours of series.</summary>
    public const int SeriesCount = 8;

    /// <summary>The background.</summary>
    public static Colour Paper { get; } = new("paper");

    /// <summary>Text.</summary>
    public static Colour Ink { get; } = new("ink");

    /// <summary>Text and lines of less importance.</summary>
    public static Colour Muted { get; } = new("muted");

    /// <summary>Lines behind the data.</summary>
    public static Colour Grid { get; } = new("grid");

    /// <summary>The end of the scale of an area near the minimum of a function.</summary>
    public static Colour Low { get; } = new("low");

    /// <summary>The other end.</summary>
    public static Colour High { get; } = new("high");

    /// <summary>The colour of a series. When all colours are used, they come again.</summary>
    public static Colour OfSeries(int series) => new(FormattableString.Invariant($"s{series % SeriesCount}"));

    /// <summary>Whether this is the colour of a series.</summary>
    public bool IsOfSeries => Name is ['s', ..];

    /// <summary>Whether a series has a colour that an earlier one has too: its line has dots and dashes.</summary>
    public static bool IsRepeated(int series) => series / SeriesCount % 2 == 1;
}

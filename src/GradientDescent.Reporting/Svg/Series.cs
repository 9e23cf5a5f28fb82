namespace GradientDescent.Reporting;

/// <summary>How a series is drawn.</summary>
internal enum SeriesKind
{
    Line,
    Dashed,
    Points,
    Bars,
    Path,
}

/// <summary>Points with a name. Series with the same name have the same colour.</summary>
/// <param name="Name">The name of the run or of the values.</param>
/// <param name="Kind">How the series is drawn.</param>
/// <param name="X">The x coordinates; ascending for lines and bars.</param>
/// <param name="Y">The y coordinates, as many as <paramref name="X"/>.</param>
/// <param name="Suffix">A text after the name in the legend.</param>
internal sealed record Series(string Name, SeriesKind Kind, double[] X, double[] Y, string Suffix = "")
{
    public string Label => Name + Suffix;
}

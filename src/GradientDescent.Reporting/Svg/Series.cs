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

/// <summary>Pairs of numbers with a name; a series of the same name has the same colour.</summary>
/// <param name="Name">Of the run or of what is shown.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="X">Ascending for lines and bars.</param>
/// <param name="Y">As many.</param>
/// <param name="Suffix">Said beside the name in the legend.</param>
internal sealed record Series(string Name, SeriesKind Kind, double[] X, double[] Y, string Suffix = "")
{
    public string Label => Name + Suffix;
}

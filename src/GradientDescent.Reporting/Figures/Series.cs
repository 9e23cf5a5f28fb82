namespace GradientDescent.Reporting;

/// <summary>Values with a name, drawn as a line or as dots. Series with the same name have the same colour.</summary>
/// <param name="Name">The name of the run or of the values.</param>
/// <param name="X">The places; ascending for lines.</param>
/// <param name="Y">The values, as many as <paramref name="X"/>.</param>
internal sealed record Series(string Name, double[] X, double[] Y)
{
    public bool IsDashed { get; init; }

    public bool IsDots { get; init; }

    /// <summary>A text after the name in the legend.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>The traces of the series of a chart.</summary>
    public static Trace[] Traces(IReadOnlyList<Series> all)
    {
        List<string> names = [.. all.Select(one => one.Name).Distinct()];
        return [.. all.Select(one => one.ToTrace(names.IndexOf(one.Name), isNamed: all.Count > 1))];
    }

    private ScatterTrace ToTrace(int index, bool isNamed)
    {
        IReadOnlyList<int> kept = IsDots ? Thinning.Dots(X, Y) : Thinning.Line(X, Y);
        return new ScatterTrace
        {
            Name = isNamed ? Label.Short(Name) + Suffix : null,
            Meta = new(Name),
            LegendGroup = isNamed ? Name : null,
            ShowLegend = isNamed,
            X = [.. kept.Select(i => X[i])],
            Y = [.. kept.Select(i => Axes.CanShow(Y[i]) ? Y[i] : double.NaN)],
            Mode = IsDots ? "markers" : kept.Count == 1 ? "lines+markers" : "lines",
            Line = IsDots ? null : LineOf(index) with { Dash = DashOf(index, IsDashed) },
            Marker = new() { Color = Colour.OfSeries(index), Size = 5 },
            Opacity = IsDots ? 0.6 : null,
            HoverTemplate = isNamed ? "%{y:.5~g}" : "%{y:.5~g}<extra></extra>",
        };
    }

    /// <summary>The line of a series.</summary>
    public static LineStyle LineOf(int index) => new() { Color = Colour.OfSeries(index), Width = 2, Dash = DashOf(index) };

    private static string? DashOf(int index, bool isDashed = false) => (isDashed, Colour.IsRepeated(index)) switch
    {
        (false, false) => null,
        (true, false) => "5px,3px",
        (false, true) => "9px,2px,2px,2px",
        (true, true) => "5px,2px,1px,2px",
    };
}

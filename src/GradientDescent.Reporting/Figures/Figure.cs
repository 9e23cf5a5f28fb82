namespace GradientDescent.Reporting;

/// <summary>A figure in the form that plotly.js draws: traces, a layout and, for an animation, frames.</summary>
/// <param name="Data">The traces; later ones are drawn above earlier ones.</param>
/// <param name="Layout">Axes, titles and sizes.</param>
internal sealed record Figure(IReadOnlyList<Trace> Data, Layout Layout)
{
    /// <summary>The frames of an animation.</summary>
    public IReadOnlyList<AnimationFrame>? Frames { get; init; }

    /// <summary>
    /// The figure in which series with the name of a run of a page have the colour of the run. If there is one, all other series have
    /// colours that no run has.
    /// </summary>
    /// <param name="runs">The numbers of the runs by name.</param>
    public Figure WithColoursOf(IReadOnlyDictionary<string, int> runs)
    {
        List<string> names = [.. Data.Select(trace => trace.Meta?.Series).OfType<string>().Distinct()];
        if (!names.Exists(runs.ContainsKey))
            return this;
        List<string> others = names.FindAll(name => !runs.ContainsKey(name));
        return this with { Data = [.. Data.Select(trace => trace.Meta is { } owner ? trace.WithSeries(NumberOf(owner.Series)) : trace)] };

        int NumberOf(string name) => runs.TryGetValue(name, out int run) ? run : runs.Count + others.IndexOf(name);
    }

    /// <summary>Whether there is a legend.</summary>
    public bool HasLegend() => Layout.ShowLegend != false && Data.Any(trace => trace is { Name: not null, ShowLegend: not false });

    /// <summary>Whether the figure needs the whole of plotly.js. Without contours and surfaces its basic variant is enough.</summary>
    public bool NeedsWholeScript() => Data.Any(trace => trace is ContourTrace or SurfaceTrace or PathIn3D);
}

/// <summary>A state of an animation.</summary>
/// <param name="Name">The name: the number of steps that it shows.</param>
/// <param name="Data">The changes of each trace in <paramref name="Traces"/>.</param>
/// <param name="Traces">The indices of the traces that change.</param>
internal sealed record AnimationFrame(string Name, IReadOnlyList<Trace> Data, IReadOnlyList<int> Traces);

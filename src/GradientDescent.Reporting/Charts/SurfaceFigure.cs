using System.Collections.Immutable;

namespace GradientDescent.Reporting;

/// <summary>The surface of a function of two parameters, with paths on it.</summary>
internal static class SurfaceFigure
{
    private const double Lift = 0.012; // of the height: so that paths are above the surface, not in it

    public static Chart Of(
        string title, FunctionGrid grid, ImmutableArray<(double X, double Y)> minima, IReadOnlyList<Trajectory> paths)
    {
        double height = (grid.Levels.End - grid.Levels.Start) * Lift;
        string names = paths.Count == 0 ? "" : $", with the paths of {string.Join(", ", paths.Select(path => path.Name))}";
        string scale = grid.IsLogarithmic ? " The height is logarithmic; the colours and the pointer have the values." : "";
        Trace[] traces =
        [
            new SurfaceTrace
            {
                X = grid.X,
                Y = grid.Y,
                Z = grid.Heights,
                CustomData = grid.Values,
                ColorScale = "Viridis",
                ColorBar = grid.Bar with { Len = 0.7 },
                Contours = new(new(grid.Levels.Start, grid.Levels.End, grid.Levels.Size, Colour.Paper with { Opacity = 0.35 })),
                HoverTemplate = "%{customdata:.5~g}<br>at (%{x:.5~g}, %{y:.5~g})<extra></extra>",
            },
            .. paths.SelectMany(PathOf),
            .. Minima(),
        ];
        return new(title, $"The surface of the function{names}.{scale}", new(traces, new()
        {
            Height = 460,
            Margin = new() { L = 8, R = 0, B = 8 },
            ShowLegend = traces.Length > 1,
            Scene = new(AxisOf(grid.XRange.Name), AxisOf(grid.YRange.Name), AxisOf(grid.IsLogarithmic ? "value, logarithmic" : "value") with
            {
                TickVals = grid.Bar.TickVals,
                TickText = grid.Bar.TickText,
            }),
        }));

        IEnumerable<Trace> PathOf(Trajectory path, int index)
        {
            Step[] steps = [.. PathTraces.Steps(path, grid).Where(IsInside)];
            if (steps.Length == 0)
                return [];
            PathIn3D line = new()
            {
                Name = Label.Short(path.Name),
                Meta = new(path.Name),
                LegendGroup = path.Name,
                ShowLegend = true,
                X = [.. steps.Select(step => step.X)],
                Y = [.. steps.Select(step => step.Y)],
                Z = [.. steps.Select(HeightAt)],
                CustomData = [.. steps.Select(step => (double[])[step.Number, grid.At((step.X, step.Y))])],
                Mode = steps.Length < 80 ? "lines+markers" : "lines",
                Line = new() { Color = Colour.OfSeries(index), Width = 6 },
                Marker = new() { Color = Colour.OfSeries(index), Size = 2.5 },
                HoverTemplate = "step %{customdata[0]}: %{customdata[1]:.5~g}<br>at (%{x:.5~g}, %{y:.5~g})",
            };
            return
            [
                line,
                Mark(steps[0], "circle-open", 5),
                Mark(steps[^1], "circle", 5),
            ];

            PathIn3D Mark(Step step, string symbol, double size) => line with
            {
                ShowLegend = false,
                Mode = "markers",
                X = [step.X],
                Y = [step.Y],
                Z = [HeightAt(step)],
                CustomData = [[step.Number, grid.At((step.X, step.Y))]],
                Marker = new() { Color = Colour.OfSeries(index), Symbol = symbol, Size = size },
            };
        }

        double HeightAt(Step step) => grid.HeightOf(grid.At((step.X, step.Y))) + height;

        bool IsInside(Step step) => IsIn(step.X, grid.XRange.Min, grid.XRange.Max) && IsIn(step.Y, grid.YRange.Min, grid.YRange.Max);

        static bool IsIn(double value, double min, double max) => value >= min && value <= max;

        IEnumerable<Trace> Minima() => minima.IsEmpty ? [] :
        [
            new PathIn3D
            {
                Name = minima.Length == 1 ? "minimum" : "minima",
                ShowLegend = true,
                X = [.. minima.Select(at => at.X)],
                Y = [.. minima.Select(at => at.Y)],
                Z = [.. minima.Select(at => grid.HeightOf(grid.At(at)) + height)],
                Mode = "markers",
                Marker = new() { Color = Colour.Ink, Symbol = "diamond", Size = 5 },
                HoverTemplate = "minimum at (%{x:.5~g}, %{y:.5~g})<extra></extra>",
            },
        ];
    }

    private static AxisStyle AxisOf(string label) => new() { Title = new(Label.Of(label)), Background = Colour.Paper, ZeroLine = false };
}

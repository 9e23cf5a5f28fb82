namespace GradientDescent.Reporting;

/// <summary>The paths of optimizers, which move at the same time, step by step.</summary>
internal static class RaceFigure
{
    private const int MaxFrames = 60;
    private const int MaxPoints = 240; // of a path: each frame repeats the path up to its step

    public static Figure Of(Figure ground, FunctionGrid grid, IReadOnlyList<Trajectory> paths)
    {
        paths = [.. paths.Where(path => PathTraces.Steps(path, grid).Length > 0)];
        if (paths.Count == 0)
            return ground;
        Step[][] steps = [.. paths.Select(path => Thinned(PathTraces.Steps(path, grid)))];
        int last = steps.SelectMany(one => one).Max(step => step.Number), frames = Math.Min(MaxFrames, Math.Max(1, last));
        int[] ends = [.. Enumerable.Range(0, frames + 1).Select(k => (int)((long)k * last / frames))];
        int first = ground.Data.Count + paths.Count;
        return ground with
        {
            Data =
            [
                .. ground.Data,
                .. paths.Select((path, i) => PathTraces.Start(path.Name, steps[i][0], i, grid)),
                .. paths.SelectMany((path, i) => TracesOf(path.Name, steps[i], i)),
            ],
            Frames = [.. ends.Select(end => new AnimationFrame(
                Name(end),
                [.. steps.SelectMany(path => Moved([.. path.Where((step, k) => step.Number <= end || k == 0)]))],
                [.. Enumerable.Range(first, 2 * paths.Count)]))],
        };

        Trace[] TracesOf(string name, Step[] path, int index) =>
        [
            PathTraces.Trace(name, path, grid) with { Mode = "lines", Line = Series.LineOf(index), ShowLegend = true },
            PathTraces.End(name, path[^1], index, grid),
        ];

        static Trace[] Moved(Step[] path) =>
        [
            new ScatterTrace { X = [.. path.Select(step => Short(step.X))], Y = [.. path.Select(step => Short(step.Y))] },
            new ScatterTrace { X = [Short(path[^1].X)], Y = [Short(path[^1].Y)] },
        ];

        static string Name(int step) => FormattableString.Invariant($"{step}");
    }

    private static Step[] Thinned(Step[] path) => path.Length <= MaxPoints ? path
        : [.. Enumerable.Range(0, MaxPoints).Select(k => path[(int)((long)k * (path.Length - 1) / (MaxPoints - 1))])];

    private static double Short(double value) => (float)value;
}

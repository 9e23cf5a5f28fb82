using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>Draws the gaps of a run as a row of bars.</summary>
internal static class LossCurve
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    public const string Legend =
        "Curve: the gap over the epochs of the run. A full bar is the gap at the start; each lower bar is a factor of 10 less.";

    /// <param name="row">The run to draw. If it has fewer epochs than <paramref name="width"/>, the row of bars is shorter.</param>
    /// <param name="optimum">The optimum from which gaps are measured.</param>
    /// <param name="width">The maximum number of characters.</param>
    public static string Draw(ComparisonRow row, AnalyticOptimum optimum, int width)
    {
        ImmutableArray<EpochRecord> history = row.Result.History;
        int count = Math.Min(width, history.Length);
        double start = optimum.Gap(optimum.StartLoss);
        return string.Concat(Enumerable.Range(0, count).Select(i =>
            Bar(optimum.Gap(history[i * (history.Length - 1) / Math.Max(1, count - 1)].Loss) / start)));
    }

    private static char Bar(double share)
    {
        if (share > 1)
            return Bars[^1];
        double height = Bars.Length - 1 + Math.Round(Math.Log10(share));
        return height > 0 ? Bars[(int)height] : Bars[0]; // NaN (the start is already optimal) also gives the lowest bar
    }
}

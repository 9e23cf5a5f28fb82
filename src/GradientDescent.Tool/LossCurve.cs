using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>A run's losses as a row of bars.</summary>
internal static class LossCurve
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    public const string Legend = "Curve: the gap over the run's epochs; a bar is full at the start's gap and a step lower for each factor of 10.";

    /// <param name="row">The run; where it has fewer epochs than characters, the row is as much shorter.</param>
    /// <param name="optimum">What gaps are measured from.</param>
    /// <param name="width">The most characters.</param>
    public static string Draw(ComparisonRow row, LeastSquares optimum, int width)
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
        return height > 0 ? Bars[(int)height] : Bars[0]; // NaN, where there was nothing to learn, is a low bar too
    }
}

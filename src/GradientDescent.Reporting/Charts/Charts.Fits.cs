using MathNet.Numerics.Distributions;

namespace GradientDescent.Reporting;

/// <content>Charts of regressions.</content>
public static partial class Charts
{
    /// <summary>
    /// The predictions over the targets. The dashed line is where they are equal; the distance of a point from it is its residual.
    /// </summary>
    /// <param name="predictions">The predictions; at least one.</param>
    /// <param name="targets">The targets, one for each prediction.</param>
    public static Chart Predictions(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        NotEmpty(predictions);
        SameCount(predictions, targets);
        AxisStyle both = Axes.Around("", [.. predictions, .. targets]);
        (double low, double high) = (both.Range![0], both.Range[1]);
        return DotsOf(
            "Predictions and targets",
            FormattableString.Invariant($"Predictions of {targets.Count} samples over their targets; dashed: equal."),
            targets,
            predictions,
            both with { Title = Axes.TitleOf("target") },
            both with { Title = Axes.TitleOf("prediction") },
            [low, high],
            [low, high],
            "target %{x:.5~g}, prediction %{y:.5~g}");
    }

    /// <summary>The residuals, target minus prediction, over the predictions.</summary>
    /// <param name="predictions">The predictions; at least one.</param>
    /// <param name="targets">The targets, one for each prediction.</param>
    public static Chart Residuals(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets);
        AxisStyle x = Axes.Around("prediction", predictions);
        return DotsOf(
            "Residuals",
            FormattableString.Invariant($"Residuals of {residuals.Length} samples over their predictions."),
            predictions,
            residuals,
            x,
            Axes.Around("target − prediction", [0, .. residuals]),
            [x.Range![0], x.Range[1]],
            [0, 0],
            "prediction %{x:.5~g}, residual %{y:.5~g}");
    }

    /// <summary>A histogram of the residuals, target minus prediction.</summary>
    /// <param name="predictions">The predictions; at least one.</param>
    /// <param name="targets">The targets, one for each prediction.</param>
    public static Chart ResidualHistogram(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets);
        double[] shown = [.. residuals.Where(Axes.CanShow)];
        AxisStyle x = Axes.Around("target − prediction", shown, margin: 0);
        (double low, double high) = (x.Range![0], x.Range[1]);
        int count = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(shown.Length)), 5, 40); // Rice's rule
        double width = (high - low) / count;
        double[] heights = new double[count];
        foreach (double residual in shown)
            heights[Math.Clamp((int)((residual - low) / width), 0, count - 1)]++;
        return new(
            "Residuals, histogram",
            FormattableString.Invariant($"Histogram of {shown.Length} residuals.{NotDrawn(residuals.Select(Axes.CanShow))}"),
            new(
            [
                new BarTrace
                {
                    X = [.. Enumerable.Range(0, count).Select(i => low + width * (i + 0.5))],
                    Y = heights,
                    Width = [.. Enumerable.Repeat(width * 0.94, count)],
                    Marker = new() { Color = Colour.OfSeries(0) },
                    HoverText = [.. Enumerable.Range(0, count)
                        .Select(i => $"{Label.Number(low + width * i)} to {Label.Number(low + width * (i + 1))}")],
                    HoverTemplate = "%{hovertext}: %{y} samples<extra></extra>",
                    ShowLegend = false,
                },
            ],
            new()
            {
                XAxis = Axes.Of("target − prediction", low - width / 2, high + width / 2),
                YAxis = Axes.Of("samples", 0, Math.Max(1, heights.Max() * 1.05)),
            }));
    }

    /// <summary>
    /// A normal quantile-quantile plot of the residuals, target minus prediction. Normal residuals lie on a straight line; if large
    /// residuals are more frequent, the points turn up at the right and down at the left. The dashed line goes through the quartiles.
    /// </summary>
    /// <remarks>
    /// The i-th smallest of n residuals is drawn over the normal quantile of (i − 3/8)/(n + 1/4), which approximates its expected value
    /// (Blom 1958).
    /// </remarks>
    /// <param name="predictions">The predictions; at least one.</param>
    /// <param name="targets">The targets, one for each prediction.</param>
    public static Chart ResidualQuantiles(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets), sorted = [.. residuals.Where(Axes.CanShow).Order()];
        double[] expected = [.. Enumerable.Range(1, sorted.Length).Select(i => Normal.InvCDF(0, 1, (i - 0.375) / (sorted.Length + 0.25)))];
        AxisStyle x = Axes.Around("normal quantile", expected);
        double[] ends = sorted.Length == 0 ? [] : [.. x.Range!];
        return DotsOf(
            "Residuals, normal quantiles",
            FormattableString.Invariant($"Quantiles of {residuals.Length} residuals; dashed: a normal distribution with their quartiles."),
            expected,
            sorted,
            x,
            Axes.Around("target − prediction", sorted),
            ends,
            [.. ends.Select(ThroughQuartiles)],
            "normal quantile %{x:.4~g}, residual %{y:.5~g}",
            NotDrawn(residuals.Select(Axes.CanShow)),
            isSorted: true);

        double ThroughQuartiles(double at)
        {
            double lower = Quantile(sorted, 0.25), upper = Quantile(sorted, 0.75);
            return lower + (upper - lower) / 2 + (upper - lower) / 2 / Normal.InvCDF(0, 1, 0.75) * at;
        }
    }

    /// <summary>A cloud of dots and a dashed line.</summary>
    private static Chart DotsOf(
        string title,
        string description,
        IReadOnlyList<double> x,
        IReadOnlyList<double> y,
        AxisStyle xAxis,
        AxisStyle yAxis,
        double[] lineX,
        double[] lineY,
        string hint,
        string note = "",
        bool isSorted = false)
    {
        // The tails of sorted values matter most, and have few of them.
        int[] shown = isSorted && x.Count > Thinning.MaxDots ? [.. Thinning.Line(x, y)] : Thinning.Dots(x, y);
        string missing = note.Length > 0 ? note : NotDrawn(x.Zip(y, (a, b) => Axes.CanShow(a) && Axes.CanShow(b)));
        int all = x.Zip(y).Count(pair => Axes.CanShow(pair.First) && Axes.CanShow(pair.Second));
        return new(title, $"{description}{missing}{Thinning.Note(shown.Length, all)}", new(
        [
            DashedLine(lineX, lineY),
            new ScatterTrace
            {
                X = [.. shown.Select(i => x[i])],
                Y = [.. shown.Select(i => y[i])],
                Mode = "markers",
                Marker = new() { Color = Colour.OfSeries(0), Size = shown.Length > 1000 ? 4 : 6 },
                Opacity = shown.Length > 1000 ? 0.4 : 0.6,
                HoverTemplate = $"{hint}<extra></extra>",
                ShowLegend = false,
            },
        ],
        new() { XAxis = xAxis, YAxis = yAxis }));
    }

    private static ScatterTrace DashedLine(double[] x, double[] y) => new()
    {
        X = x,
        Y = y,
        Mode = "lines",
        Line = new() { Color = Colour.Muted, Width = 1.5, Dash = "4px,4px" },
        HoverInfo = "skip",
        ShowLegend = false,
    };

    // Linear interpolation between the order statistics (Hyndman, Fan 1996, type 7).
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    // How many samples have no place in the chart.
    private static string NotDrawn(IEnumerable<bool> canShow) => canShow.Count(can => !can) is var missing and > 0
        ? FormattableString.Invariant($" Not drawn, because they are not finite or beyond 1E300: {missing}.") : "";

    private static double[] ResidualsOf(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        NotEmpty(predictions);
        SameCount(predictions, targets);
        return [.. targets.Zip(predictions, (target, prediction) => target - prediction)];
    }
}

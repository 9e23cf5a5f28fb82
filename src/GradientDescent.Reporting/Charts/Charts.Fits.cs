using MathNet.Numerics.Distributions;

namespace GradientDescent.Reporting;

/// <content>Charts of regressions.</content>
public static partial class Charts
{
    /// <summary>The coefficients of a regression with their confidence intervals.</summary>
    /// <param name="coefficients">The coefficients, such as <see cref="RegressionStatistics.Coefficients"/>; at least one.</param>
    /// <param name="level">The confidence level, between 0 and 1.</param>
    public static Chart Coefficients(IReadOnlyList<CoefficientStatistics> coefficients, double level = 0.95) =>
        new CoefficientChart(NotEmpty(coefficients), level);

    /// <summary>The residuals, target minus prediction, over the predictions.</summary>
    /// <param name="predictions">The predictions; at least one.</param>
    /// <param name="targets">The targets, one for each prediction.</param>
    public static Chart Residuals(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets);
        IEnumerable<bool> canShow = residuals.Zip(
            predictions, (residual, prediction) => Axis.CanShow(residual) && Axis.CanShow(prediction));
        return new XyChart(
            "Residuals",
            FormattableString.Invariant($"Residuals of {residuals.Length} samples over their predictions."),
            Axis.Around("prediction", predictions),
            Axis.Around("target − prediction" + NotDrawn(canShow), [0, .. residuals]),
            [new Series("residual", SeriesKind.Points, [.. predictions], residuals)])
        {
            Background = ZeroLine,
        };
    }

    /// <summary>A histogram of the residuals, target minus prediction.</summary>
    /// <param name="predictions">The predictions; at least one.</param>
    /// <param name="targets">The targets, one for each prediction.</param>
    public static Chart ResidualHistogram(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets);
        double[] shown = [.. residuals.Where(Axis.CanShow)];
        var around = Axis.Around("target − prediction", shown, margin: 0);
        int count = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(shown.Length)), 5, 40); // Rice's rule
        double width = (around.Maximum - around.Minimum) / count;
        double[] edges = [.. Enumerable.Range(0, count + 1).Select(i => around.Minimum + width * i)];
        double[] heights = new double[count + 1];
        foreach (double residual in shown)
            heights[Math.Clamp((int)((residual - around.Minimum) / width), 0, count - 1)]++;
        string label = "samples" + NotDrawn(residuals.Select(Axis.CanShow));
        return new XyChart(
            "Residuals, histogram",
            FormattableString.Invariant($"Histogram of {shown.Length} residuals."),
            Axis.Around("target − prediction", edges),
            Axis.Of(label, 0, Math.Max(1, heights.Max() * 1.05)) with { IsCount = true },
            [new Series("samples", SeriesKind.Bars, edges, heights)]);
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
        double[] residuals = ResidualsOf(predictions, targets), sorted = [.. residuals.Where(Axis.CanShow).Order()];
        double[] expected = [.. Enumerable.Range(1, sorted.Length).Select(i => Normal.InvCDF(0, 1, (i - 0.375) / (sorted.Length + 0.25)))];
        string label = "target − prediction; dashed: normal with the same quartiles" + NotDrawn(residuals.Select(Axis.CanShow));
        return new XyChart(
            "Residuals, normal quantiles",
            FormattableString.Invariant($"Normal quantile-quantile plot of {sorted.Length} residuals."),
            Axis.Around("normal quantile", expected),
            Axis.Around(label, sorted),
            [new Series("residual", SeriesKind.Points, expected, sorted)])
        {
            Background = ThroughQuartiles,
        };

        void ThroughQuartiles(SvgCanvas canvas, Frame frame)
        {
            if (sorted.Length == 0)
                return;
            double lower = Quantile(sorted, 0.25), upper = Quantile(sorted, 0.75);
            double middle = lower + (upper - lower) / 2, slope = (upper - lower) / 2 / Normal.InvCDF(0, 1, 0.75);
            (double left, double right) = (frame.X.Minimum, frame.X.Maximum);
            canvas.Path(Polyline.Data([frame.Place(left, middle + slope * left), frame.Place(right, middle + slope * right)]), "zero");
        }
    }

    private static void ZeroLine(SvgCanvas canvas, Frame frame)
    {
        double y = frame.Place(0, 0).Y;
        canvas.Line(frame.Left, y, frame.Right, y, "zero");
    }

    // Linear interpolation between the order statistics (Hyndman, Fan 1996, type 7).
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    // The label of the axis tells how many samples have no place in the chart.
    private static string NotDrawn(IEnumerable<bool> canShow) =>
        canShow.Count(can => !can) is var missing and > 0 ? FormattableString.Invariant($"; not drawn: {missing}") : "";

    private static double[] ResidualsOf(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        NotEmpty(predictions);
        SameCount(predictions, targets);
        return [.. targets.Zip(predictions, (target, prediction) => target - prediction)];
    }
}

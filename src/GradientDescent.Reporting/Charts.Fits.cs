using MathNet.Numerics.Distributions;

namespace GradientDescent.Reporting;

/// <content>Fits of regressions.</content>
public static partial class Charts
{
    /// <summary>Coefficients of a regression with their confidence intervals.</summary>
    /// <param name="coefficients">At least one, such as those of <see cref="RegressionStatistics.Coefficients"/>.</param>
    /// <param name="level">The intervals' confidence, between 0 and 1.</param>
    public static Chart Coefficients(IReadOnlyList<CoefficientStatistics> coefficients, double level = 0.95) => new CoefficientChart(Some(coefficients), level);

    /// <summary>Residuals, target minus prediction, over the predictions.</summary>
    /// <param name="predictions">At least one.</param>
    /// <param name="targets">As many.</param>
    public static Chart Residuals(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets);
        return new XyChart(
            "Residuals", FormattableString.Invariant($"Residuals of {residuals.Length} samples over their predictions."), Axis.Around("prediction", predictions),
            Axis.Around("target − prediction" + NotDrawn(residuals.Zip(predictions, (residual, prediction) => Axis.CanShow(residual) && Axis.CanShow(prediction))), [0, .. residuals]),
            [new Series("residual", SeriesKind.Points, [.. predictions], residuals)])
        { Background = ZeroLine };
    }

    /// <summary>How the residuals, target minus prediction, are distributed.</summary>
    /// <param name="predictions">At least one.</param>
    /// <param name="targets">As many.</param>
    public static Chart ResidualHistogram(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets);
        double[] shown = [.. residuals.Where(Axis.CanShow)];
        var around = Axis.Around("target − prediction", shown, margin: 0);
        int count = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(shown.Length)), 5, 40); // Rice's rule
        double width = (around.Maximum - around.Minimum) / count;
        double[] edges = [.. Enumerable.Range(0, count + 1).Select(i => around.Minimum + width * i)], heights = new double[count + 1];
        foreach (double residual in shown)
            heights[Math.Clamp((int)((residual - around.Minimum) / width), 0, count - 1)]++;
        return new XyChart(
            "Residuals, counted", FormattableString.Invariant($"Histogram of {shown.Length} residuals."), Axis.Around("target − prediction", edges),
            Axis.Of("samples" + NotDrawn(residuals.Select(Axis.CanShow)), 0, Math.Max(1, heights.Max() * 1.05)) with { IsCount = true }, [new Series("samples", SeriesKind.Bars, edges, heights)]);
    }

    /// <summary>
    /// Quantiles of the residuals, target minus prediction, over those of the normal distribution: on a straight line if they are normal, bent up at the right and down at the left if there are
    /// more large ones. The dashed line goes through the quartiles.
    /// </summary>
    /// <remarks>The i-th smallest of n residuals stands over the normal quantile of (i − 3/8)/(n + 1/4), close to where it would be expected (Blom 1958).</remarks>
    /// <param name="predictions">At least one.</param>
    /// <param name="targets">As many.</param>
    public static Chart ResidualQuantiles(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets), sorted = [.. residuals.Where(Axis.CanShow).Order()];
        double[] expected = [.. Enumerable.Range(1, sorted.Length).Select(i => Normal.InvCDF(0, 1, (i - 0.375) / (sorted.Length + 0.25)))];
        return new XyChart(
            "Residuals, normal quantiles", FormattableString.Invariant($"Normal quantile-quantile plot of {sorted.Length} residuals."), Axis.Around("normal quantile", expected),
            Axis.Around("target − prediction; dashed: normal with the same quartiles" + NotDrawn(residuals.Select(Axis.CanShow)), sorted), [new Series("residual", SeriesKind.Points, expected, sorted)])
        { Background = ThroughQuartiles };

        void ThroughQuartiles(SvgCanvas canvas, Frame frame)
        {
            if (sorted.Length == 0)
                return;
            double lower = Quantile(sorted, 0.25), upper = Quantile(sorted, 0.75), middle = lower + (upper - lower) / 2, slope = (upper - lower) / 2 / Normal.InvCDF(0, 1, 0.75);
            (double left, double right) = (frame.X.Minimum, frame.X.Maximum);
            canvas.Path(Polyline.Data([frame.Place(left, middle + slope * left), frame.Place(right, middle + slope * right)]), "zero");
        }
    }

    private static void ZeroLine(SvgCanvas canvas, Frame frame)
    {
        double y = frame.Place(0, 0).Y;
        canvas.Line(frame.Left, y, frame.Right, y, "zero");
    }

    // Linear between the order statistics (Hyndman, Fan 1996, type 7).
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    // Said beside the axis: samples without a place must not go unnoticed.
    private static string NotDrawn(IEnumerable<bool> canShow) => canShow.Count(can => !can) is var missing and > 0 ? FormattableString.Invariant($"; not drawn: {missing}") : "";

    private static double[] ResidualsOf(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        Some(predictions);
        SameCount(predictions, targets);
        return [.. targets.Zip(predictions, (target, prediction) => target - prediction)];
    }
}

namespace GradientDescent.Reporting;

/// <summary>Makes pictures of runs, fits and functions.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingResult result = new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 50 }).Fit(new LinearRegression(), data);
/// Charts.Loss(new ReportRun("Adam", result)).SaveSvg("loss.svg");
/// </code></example>
public static class Charts
{
    /// <summary>Losses by epoch, on a logarithmic scale if all are positive; losses on validation data are dashed.</summary>
    /// <param name="runs">At least one.</param>
    public static Chart Loss(params IReadOnlyList<ReportRun> runs)
    {
        Series[] series = [.. Some(runs).SelectMany(LossesOf)];
        return OfLines("Loss", series.Any(one => one.Kind == SeriesKind.Dashed) ? "loss; dashed: on validation data" : "loss", "epoch", series, Ceiling(series));

        static IEnumerable<Series> LossesOf(ReportRun run)
        {
            double[] epochs = [.. run.Result.History.Select(epoch => (double)epoch.Epoch)];
            yield return new Series(run.Name, SeriesKind.Line, epochs, [.. run.Result.History.Select(epoch => epoch.Loss)]);
            double[] validation = [.. run.Result.History.Select(epoch => epoch.ValidationLoss)];
            if (validation.Any(double.IsFinite))
                yield return new Series(run.Name, SeriesKind.Dashed, epochs, validation, ", validation");
        }
    }

    /// <summary>Learning rates by update.</summary>
    /// <param name="runs">At least one.</param>
    public static Chart LearningRate(params IReadOnlyList<ReportRun> runs) => OfLines("Learning rate", "learning rate", "update", [.. Some(runs).Select(run => run.Reports.Count > 0
        ? new Series(run.Name, SeriesKind.Line, [.. run.Reports.Select(report => (double)report.Step)], [.. run.Reports.Select(report => report.LearningRate)])
        : new Series(run.Name, SeriesKind.Line, [.. run.Result.History.Select(epoch => (double)epoch.Step)], [.. run.Result.History.Select(epoch => epoch.LearningRate)]))]);

    /// <summary>Norms of the gradient by update, of the runs that have <see cref="ReportRun.Reports"/>.</summary>
    /// <param name="runs">At least one.</param>
    public static Chart GradientNorm(params IReadOnlyList<ReportRun> runs)
    {
        Series[] series =
        [
            .. from run in Some(runs)
               where run.Reports.Count > 0
               select new Series(run.Name, SeriesKind.Line, [.. run.Reports.Select(report => (double)report.Step)], [.. run.Reports.Select(report => report.GradientNorm)]),
        ];
        return OfLines("Gradient norm", "gradient norm, of the problem as optimised", "update", series, Ceiling(series));
    }

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
            "Residuals", FormattableString.Invariant($"Residuals of {residuals.Length} samples over their predictions."), Axis.Around("prediction", predictions), Axis.Around("target − prediction", [0, .. residuals]),
            [new Series("residual", SeriesKind.Points, [.. predictions], residuals)])
        { Background = ZeroLine };
    }

    /// <summary>How the residuals, target minus prediction, are distributed.</summary>
    /// <param name="predictions">At least one.</param>
    /// <param name="targets">As many.</param>
    public static Chart ResidualHistogram(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        double[] residuals = ResidualsOf(predictions, targets);
        double[] shown = [.. residuals.Where(double.IsFinite)];
        var around = Axis.Around("target − prediction", shown, margin: 0);
        int count = Math.Clamp((int)Math.Ceiling(2 * Math.Cbrt(shown.Length)), 5, 40); // Rice's rule
        double width = (around.Maximum - around.Minimum) / count;
        double[] edges = [.. Enumerable.Range(0, count + 1).Select(i => around.Minimum + width * i)], heights = new double[count + 1];
        foreach (double residual in shown)
            heights[Math.Clamp((int)((residual - around.Minimum) / width), 0, count - 1)]++;
        return new XyChart(
            "Residuals, counted", FormattableString.Invariant($"Histogram of {shown.Length} residuals."), Axis.Around("target − prediction", edges),
            Axis.Of("samples", 0, Math.Max(1, heights.Max() * 1.05)), [new Series("samples", SeriesKind.Bars, edges, heights)]);
    }

    /// <summary>How often each class was taken for each.</summary>
    /// <param name="labels">The classes.</param>
    /// <param name="actual">The right class of each sample, as an index into <paramref name="labels"/>.</param>
    /// <param name="predicted">The predicted class of each sample.</param>
    /// <exception cref="ArgumentException">The lengths differ, there are no labels, or an index is not one of theirs.</exception>
    public static Chart ConfusionMatrix(IReadOnlyList<string> labels, IReadOnlyList<int> actual, IReadOnlyList<int> predicted)
    {
        Some(labels);
        SameCount(actual, predicted);
        int[,] counts = new int[labels.Count, labels.Count];
        for (int i = 0; i < actual.Count; i++)
            counts[ClassAt(actual, i, nameof(actual)), ClassAt(predicted, i, nameof(predicted))]++;
        return new ConfusionChart([.. labels], counts);

        int ClassAt(IReadOnlyList<int> classes, int i, string name) => (uint)classes[i] < (uint)labels.Count
            ? classes[i]
            : throw new ArgumentException(FormattableString.Invariant($"{name}[{i}] is {classes[i]}: it must be from 0 to {labels.Count - 1}."), name);
    }

    /// <summary>Lines of equal value of a classic function, its minima as crosses, and where optimizers went on it.</summary>
    /// <param name="function">One of <see cref="TestFunctions"/>.</param>
    /// <param name="paths">Any number; a ring is where one ended.</param>
    public static Chart Contours(TestFunction function, params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(paths);
        return ContoursOf(function.Name, function, function.XRange, function.YRange, [.. function.Minima], paths);
    }

    /// <summary>Lines of equal value of a function of two parameters, and where optimizers went on it.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="objective">The function.</param>
    /// <param name="x">The first parameter's range.</param>
    /// <param name="y">The second parameter's range.</param>
    /// <param name="paths">Any number; a ring is where one ended.</param>
    /// <exception cref="ArgumentException">A range is empty or not finite.</exception>
    public static Chart Contours(string title, IObjective objective, (double Min, double Max) x, (double Min, double Max) y, params IReadOnlyList<Trajectory> paths)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(paths);
        return ContoursOf(title, objective, Range(x, nameof(x)), Range(y, nameof(y)), [], paths);
    }

    private static XyChart ContoursOf(
        string title, IObjective objective, (double Min, double Max) x, (double Min, double Max) y, (double X, double Y)[] minima, IReadOnlyList<Trajectory> paths)
    {
        double[] point = new double[2];
        var lines = new ContourLines(
            (a, b) =>
            {
                (point[0], point[1]) = (a, b);
                return objective.Evaluate(point, []);
            },
            x, y, cells: 200);
        string travellers = paths.Count == 0 ? "" : $", with the paths of {string.Join(", ", paths.Select(path => path.Name))}";
        return new XyChart(
            title, $"Lines of equal value of {title}{travellers}.", Axis.Of("first parameter", x.Min, x.Max), Axis.Of("second parameter", y.Min, y.Max),
            [.. paths.Select(path => new Series(path.Name, SeriesKind.Path, [.. path.Points.Select(at => at.X)], [.. path.Points.Select(at => at.Y)]))], plotHeight: 330)
        {
            Background = (canvas, frame) =>
            {
                double[] levels = lines.Levels(14);
                for (int i = 0; i < levels.Length; i++)
                {
                    IEnumerable<string> data = lines.At(levels[i]).Select(line => Polyline.Data(Polyline.Simplify([.. line.Select(at => frame.Place(at.X, at.Y))], 0.2)));
                    canvas.Path(string.Concat(data), "level", 0.75 - 0.5 * i / levels.Length);
                }

                foreach ((double X, double Y) minimum in minima)
                {
                    (double px, double py) = frame.Place(minimum.X, minimum.Y);
                    canvas.Path(Polyline.Data([(px - 5, py - 5), (px + 5, py + 5)]) + Polyline.Data([(px - 5, py + 5), (px + 5, py - 5)]), "axis");
                }
            },
        };
    }

    // A run that diverges may reach 1e300: its line leaves the picture, and the others stay readable.
    private static double Ceiling(Series[] series)
    {
        double first = series.Select(one => one.Y.FirstOrDefault(double.IsFinite)).DefaultIfEmpty().Max();
        return first > 0 ? 1e4 * first : double.PositiveInfinity;
    }

    private static XyChart OfLines(string title, string yLabel, string xLabel, Series[] series, double ceiling = double.PositiveInfinity) => new(
        title, $"{title} by {xLabel}{(series.Length == 0 ? "" : " of " + string.Join(", ", series.Select(one => one.Name).Distinct()))}.",
        Axis.Around(xLabel, series.SelectMany(one => one.X), margin: 0), Axis.Around(yLabel, series.SelectMany(one => one.Y).Where(value => value <= ceiling), prefersLogarithm: true), series);

    private static void ZeroLine(SvgCanvas canvas, Frame frame)
    {
        double y = frame.Place(0, 0).Y;
        canvas.Line(frame.Left, y, frame.Right, y, "zero");
    }

    private static double[] ResidualsOf(IReadOnlyList<double> predictions, IReadOnlyList<double> targets)
    {
        Some(predictions);
        SameCount(predictions, targets);
        return [.. targets.Zip(predictions, (target, prediction) => target - prediction)];
    }

    private static IReadOnlyList<T> Some<T>(IReadOnlyList<T> values, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Count > 0 ? values : throw new ArgumentException($"{name} is empty: there is nothing to draw.", name);
    }

    private static void SameCount<T>(IReadOnlyList<T> first, IReadOnlyList<T> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
            throw new ArgumentException(FormattableString.Invariant($"There are {first.Count} and {second.Count} values: the counts must be equal."));
    }

    private static (double Min, double Max) Range((double Min, double Max) range, string name) => range.Max - range.Min is > 0 and < 1e150
        ? range
        : throw new ArgumentException(FormattableString.Invariant($"{name} is from {range.Min} to {range.Max}: it must be a finite range."), name);
}

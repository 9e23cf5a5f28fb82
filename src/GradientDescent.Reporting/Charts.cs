using System.Runtime.CompilerServices;

namespace GradientDescent.Reporting;

/// <summary>Makes pictures of runs, fits and functions.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// TrainingResult result = new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 50 }).Fit(new LinearRegression(), data);
/// Charts.Loss(new ReportRun("Adam", result)).SaveSvg("loss.svg");
/// </code></example>
public static partial class Charts
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

    /// <summary>How far losses are above the optimum by epoch, on a logarithmic scale.</summary>
    /// <param name="optimum">The smallest loss there is; finite. An epoch at or below it, as the mean over its batches can be, is not drawn.</param>
    /// <param name="runs">At least one.</param>
    public static Chart LossAbove(double optimum, params IReadOnlyList<ReportRun> runs)
    {
        if (!double.IsFinite(optimum))
            throw new ArgumentOutOfRangeException(nameof(optimum), FormattableString.Invariant($"optimum is {optimum}: it must be a finite number."));
        Series[] series = [.. Some(runs).Select(run => new Series(
            run.Name, SeriesKind.Line, [.. run.Result.History.Select(epoch => (double)epoch.Epoch)], [.. run.Result.History.Select(epoch => epoch.Loss > optimum ? epoch.Loss - optimum : double.NaN)]))];
        return OfLines("Loss above the optimum", "loss − optimum", "epoch", series, Ceiling(series));
    }

    /// <summary>Learning rates by update, or by epoch where runs make different numbers of updates in one. What has fallen to less than 10⁻⁴ of the largest leaves the picture.</summary>
    /// <param name="runs">At least one.</param>
    public static Chart LearningRate(params IReadOnlyList<ReportRun> runs)
    {
        bool byEpoch = HaveDifferentEpochs(Some(runs));
        Series[] series = [.. runs.Select(run => run.Reports.Count > 0
            ? OfReports(run, byEpoch, report => report.LearningRate)
            : new Series(run.Name, SeriesKind.Line, Times(run, byEpoch, run.Result.History.Select(epoch => epoch.Step)), [.. run.Result.History.Select(epoch => epoch.LearningRate)]))];
        double floor = 1e-4 * series.SelectMany(one => one.Y).Where(double.IsFinite).DefaultIfEmpty().Max();
        return OfLines("Learning rate", "learning rate", byEpoch ? "epoch" : "update", series, floor: floor);
    }

    /// <summary>Norms of the gradient by update, or by epoch where runs make different numbers of updates in one; of the runs that have <see cref="ReportRun.Reports"/>.</summary>
    /// <param name="runs">At least one.</param>
    public static Chart GradientNorm(params IReadOnlyList<ReportRun> runs)
    {
        ReportRun[] shown = [.. Some(runs).Where(run => run.Reports.Count > 0)];
        bool byEpoch = HaveDifferentEpochs(shown);
        Series[] series = [.. shown.Select(run => OfReports(run, byEpoch, report => report.GradientNorm))];
        return OfLines("Gradient norm", "gradient norm, of the problem as optimised", byEpoch ? "epoch" : "update", series, Ceiling(series));
    }

    /// <summary>The shapes of learning-rate schedules: for each a small picture of its factor over a run.</summary>
    /// <param name="plannedSteps">Updates of the run; at least 2.</param>
    /// <param name="stepsPerEpoch">Updates in one of its epochs; at least 1.</param>
    /// <param name="schedules">At least one, each with what it is called. One that is driven by a metric is shown as it stands: nothing is measured.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few updates.</exception>
    public static Chart Schedules(int plannedSteps, int stepsPerEpoch, params IReadOnlyList<(string Name, ISchedule Schedule)> schedules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plannedSteps, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        return new ScheduleChart([.. Some(schedules).Select(one => (one.Name, FactorsOf(one.Schedule)))]);

        double[] FactorsOf(ISchedule schedule)
        {
            double[] factors = new double[plannedSteps];
            for (int step = 0; step < plannedSteps; step++)
                factors[step] = schedule.FactorAt(new TrainingClock(step, step / stepsPerEpoch, stepsPerEpoch, step, plannedSteps, stepsPerEpoch)); // a sample an update
            return factors;
        }
    }

    private static bool HaveDifferentEpochs(IReadOnlyList<ReportRun> runs) => runs.Select(UpdatesPerEpoch).Distinct().Skip(1).Any();

    private static double UpdatesPerEpoch(ReportRun run) => run.Result.History is [var first, .., var last]
        ? (double)(last.Step - first.Step) / (last.Epoch - first.Epoch)
        : (double)run.Result.Steps / Math.Max(1, run.Result.Epochs);

    private static Series OfReports(ReportRun run, bool byEpoch, Func<TrainingReport, double> value) =>
        new(run.Name, SeriesKind.Line, Times(run, byEpoch, run.Reports.Select(report => report.Step)), [.. run.Reports.Select(value)]);

    private static double[] Times(ReportRun run, bool byEpoch, IEnumerable<long> steps) => [.. steps.Select(step => byEpoch ? step / UpdatesPerEpoch(run) : step)];

    // A run that diverges may reach 1e300: its line leaves the picture, and the others stay readable.
    private static double Ceiling(Series[] series)
    {
        double first = series.Select(one => one.Y.FirstOrDefault(double.IsFinite)).DefaultIfEmpty().Max();
        return first > 0 ? 1e4 * first : double.PositiveInfinity;
    }

    private static XyChart OfLines(string title, string yLabel, string xLabel, Series[] series, double ceiling = double.PositiveInfinity, double floor = double.NegativeInfinity) => new(
        title, $"{title} by {xLabel}{(series.Length == 0 ? "" : " of " + string.Join(", ", series.Select(one => one.Name).Distinct()))}.",
        Axis.Around(xLabel, series.SelectMany(one => one.X), margin: 0) with { IsCount = true }, Axis.Around(yLabel, series.SelectMany(one => one.Y).Where(value => value >= floor && value <= ceiling), prefersLogarithm: true), series);

    private static IReadOnlyList<T> Some<T>(IReadOnlyList<T> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Count > 0 ? values : throw new ArgumentException($"{name} is empty: there is nothing to draw.", name);
    }

    private static void SameCount<TFirst, TSecond>(
        IReadOnlyList<TFirst> first, IReadOnlyList<TSecond> second, [CallerArgumentExpression(nameof(first))] string firstName = "", [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        ArgumentNullException.ThrowIfNull(first, firstName);
        ArgumentNullException.ThrowIfNull(second, secondName);
        if (first.Count != second.Count)
            throw new ArgumentException(FormattableString.Invariant($"{secondName} has {second.Count} values, {firstName} has {first.Count}: the counts must be equal."), secondName);
    }
}

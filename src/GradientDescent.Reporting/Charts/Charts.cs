using System.Runtime.CompilerServices;

namespace GradientDescent.Reporting;

/// <summary>Creates charts of runs, fits and functions.</summary>
/// <example><code>
/// var data = Dataset.FromCsv("diabetes.csv", target: "target");
/// var trainer = new Trainer(new Adam(0.05), new TrainingOptions { MaxEpochs = 50 });
/// TrainingResult result = trainer.Fit(new LinearRegression(), data);
/// Charts.Loss(new ReportRun("Adam", result)).SaveHtml("loss.html");
/// </code></example>
public static partial class Charts
{
    private const int MaxPlannedSteps = 1_000_000;

    /// <summary>
    /// Losses over the epochs that were completed, on a logarithmic scale if none is negative. Losses on validation data are dashed.
    /// </summary>
    /// <remarks>
    /// The loss of a run is that over all samples, <see cref="EpochRecord.FullLoss"/>, if the run has it: full batches do, and mini-batches
    /// with <see cref="TrainingOptions.MeasureFullLoss"/>. Otherwise it is the mean over the batches of an epoch, each at its own
    /// parameters, which cannot be compared with others exactly: the description says so.
    /// </remarks>
    /// <param name="runs">The runs; at least one.</param>
    public static Chart Loss(params IReadOnlyList<ReportRun> runs)
    {
        Series[] series = [.. NotEmpty(runs).SelectMany(LossesOf)];
        string label = series.Any(one => one.IsDashed) ? "loss; dashed: on validation data" : "loss";
        string note = runs.All(HasFullLosses) ? "" : " Losses of mini-batches are means over the batches of an epoch.";
        return OfLines("Loss", label, "completed epochs", series, Ceiling(series), note: note);

        static IEnumerable<Series> LossesOf(ReportRun run)
        {
            double[] epochs = EpochsOf(run);
            yield return new Series(run.Name, epochs, [.. run.Result.History.Select(LossOf)]);
            double[] validation = [.. run.Result.History.Select(epoch => epoch.ValidationLoss)];
            if (validation.Any(double.IsFinite))
                yield return new Series(run.Name, epochs, validation) { IsDashed = true, Suffix = ", validation" };
        }
    }

    /// <summary>
    /// Loss minus optimum over the epochs that were completed, on a logarithmic scale. The loss is that of <see cref="Loss"/>.
    /// </summary>
    /// <param name="optimum">
    /// The smallest possible loss; finite. Epochs whose loss is not above it are not drawn: the mean over the batches of an epoch
    /// can be lower.
    /// </param>
    /// <param name="runs">The runs; at least one.</param>
    public static Chart LossAbove(double optimum, params IReadOnlyList<ReportRun> runs)
    {
        if (!double.IsFinite(optimum))
        {
            throw new ArgumentOutOfRangeException(
                nameof(optimum), FormattableString.Invariant($"optimum is {optimum}: it must be a finite number."));
        }

        Series[] series = [.. NotEmpty(runs).Select(DifferencesOf)];
        return OfLines("Loss above the optimum", "loss − optimum", "completed epochs", series, Ceiling(series));

        Series DifferencesOf(ReportRun run) => new(
            run.Name,
            EpochsOf(run),
            [.. run.Result.History.Select(epoch => LossOf(epoch) > optimum ? LossOf(epoch) - optimum : double.NaN)]);
    }

    /// <summary>
    /// Learning rates by step, or by epoch if the runs have different numbers of steps per epoch. Rates below 10⁻⁴ of the largest
    /// are not shown.
    /// </summary>
    /// <param name="runs">The runs; at least one.</param>
    public static Chart LearningRate(params IReadOnlyList<ReportRun> runs)
    {
        bool byEpoch = HaveDifferentEpochs(NotEmpty(runs));
        Series[] series = [.. runs.Select(RatesOf)];
        double floor = 1e-4 * series.SelectMany(one => one.Y).Where(double.IsFinite).DefaultIfEmpty().Max();
        return OfLines("Learning rate", "learning rate", byEpoch ? "epoch" : "step", series, floor: floor);

        Series RatesOf(ReportRun run)
        {
            if (run.Reports.Count > 0)
                return OfReports(run, byEpoch, report => report.LearningRate);
            double[] times = Times(run, byEpoch, run.Result.History.Select(epoch => epoch.Step));
            return new Series(run.Name, times, [.. run.Result.History.Select(epoch => epoch.LearningRate)]);
        }
    }

    /// <summary>
    /// Gradient norms by step, or by epoch if the runs have different numbers of steps per epoch. Only runs with
    /// <see cref="ReportRun.Reports"/> are shown.
    /// </summary>
    /// <param name="runs">The runs; at least one.</param>
    public static Chart GradientNorm(params IReadOnlyList<ReportRun> runs)
    {
        ReportRun[] shown = [.. NotEmpty(runs).Where(run => run.Reports.Count > 0)];
        bool byEpoch = HaveDifferentEpochs(shown);
        Series[] series = [.. shown.Select(run => OfReports(run, byEpoch, report => report.GradientNorm))];
        return OfLines("Gradient norm", "gradient norm, scaled", byEpoch ? "epoch" : "step", series, Ceiling(series));
    }

    /// <summary>The shapes of learning-rate schedules: for each schedule a small chart of its factor during a run.</summary>
    /// <param name="plannedSteps">The number of steps of the run; from 2 to 1,000,000.</param>
    /// <param name="stepsPerEpoch">The number of steps per epoch; at least 1.</param>
    /// <param name="schedules">
    /// The schedules with their names; at least one. A schedule that depends on a metric is shown in its current state.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number of steps is too small or too large.</exception>
    public static Chart Schedules(int plannedSteps, int stepsPerEpoch, params IReadOnlyList<(string Name, ISchedule Schedule)> schedules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plannedSteps, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plannedSteps, MaxPlannedSteps);
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        return ScheduleFigure.Of([.. NotEmpty(schedules).Select(one => (one.Name, FactorsOf(one.Schedule)))]);

        double[] FactorsOf(ISchedule schedule)
        {
            double[] factors = new double[plannedSteps];
            for (int step = 0; step < plannedSteps; step++)
                factors[step] = schedule.FactorAt(ClockAt(step));
            return factors;
        }

        // one sample per step
        TrainingClock ClockAt(int step) => new()
        {
            Step = step,
            Epoch = step / stepsPerEpoch,
            StepsPerEpoch = stepsPerEpoch,
            Samples = step,
            PlannedSteps = plannedSteps,
            SamplesPerEpoch = stepsPerEpoch,
        };
    }

    private static bool HasFullLosses(ReportRun run) => run.Result.History.All(epoch => double.IsFinite(epoch.FullLoss));

    private static double LossOf(EpochRecord epoch) => double.IsNaN(epoch.FullLoss) ? epoch.Loss : epoch.FullLoss;

    /// <summary>
    /// The number of epochs that were completed when a record was made: at the start of a full batch, at the end of mini-batches.
    /// </summary>
    private static double[] EpochsOf(ReportRun run) => Times(run, byEpoch: true, run.Result.History.Select(epoch => epoch.Step));

    private static bool HaveDifferentEpochs(IReadOnlyList<ReportRun> runs) => runs.Select(StepsPerEpoch).Distinct().Skip(1).Any();

    private static double StepsPerEpoch(ReportRun run) => run.Result.History is [var first, .., var last]
        ? (double)(last.Step - first.Step) / (last.Epoch - first.Epoch)
        : (double)run.Result.Steps / Math.Max(1, run.Result.Epochs);

    private static Series OfReports(ReportRun run, bool byEpoch, Func<TrainingReport, double> value) =>
        new(run.Name, Times(run, byEpoch, run.Reports.Select(report => report.Step)), [.. run.Reports.Select(value)]);

    private static double[] Times(ReportRun run, bool byEpoch, IEnumerable<long> steps) =>
        [.. steps.Select(step => byEpoch ? step / StepsPerEpoch(run) : step)];

    // A run that diverges may reach 1e300. Its line ends at the ceiling, so that the other lines remain readable.
    private static double Ceiling(Series[] series)
    {
        double first = series.Select(one => one.Y.FirstOrDefault(double.IsFinite)).DefaultIfEmpty().Max();
        return first > 0 ? 1e4 * first : double.PositiveInfinity;
    }

    private static Chart OfLines(
        string title,
        string yLabel,
        string xLabel,
        Series[] series,
        double ceiling = double.PositiveInfinity,
        double floor = double.NegativeInfinity,
        string note = "")
    {
        string names = string.Join(", ", series.Select(one => one.Name).Distinct());
        IEnumerable<double> shown = series.SelectMany(one => one.Y).Where(value => value >= floor && value <= ceiling);
        return new Chart(title, $"{title} by {xLabel}{(names.Length == 0 ? "" : " of " + names)}.{note}", new(Series.Traces(series), new()
        {
            XAxis = Axes.Count(xLabel, series.SelectMany(one => one.X)),
            YAxis = Axes.Around(yLabel, shown, prefersLogarithm: true),
            HoverMode = "x unified",
        }));
    }

    private static IReadOnlyList<T> NotEmpty<T>(IReadOnlyList<T> values, [CallerArgumentExpression(nameof(values))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Count > 0 ? values : throw new ArgumentException($"{name} is empty: there is nothing to draw.", name);
    }

    private static void SameCount<TFirst, TSecond>(
        IReadOnlyList<TFirst> first,
        IReadOnlyList<TSecond> second,
        [CallerArgumentExpression(nameof(first))] string firstName = "",
        [CallerArgumentExpression(nameof(second))] string secondName = "")
    {
        ArgumentNullException.ThrowIfNull(first, firstName);
        ArgumentNullException.ThrowIfNull(second, secondName);
        if (first.Count != second.Count)
        {
            string counts = FormattableString.Invariant($"{secondName} has {second.Count} values, {firstName} has {first.Count}");
            throw new ArgumentException($"{counts}: the counts must be equal.", secondName);
        }
    }
}

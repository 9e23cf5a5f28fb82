using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>The run of one optimizer.</summary>
/// <param name="Compared">The optimizer and its settings.</param>
/// <param name="Result">The result of the run.</param>
/// <param name="Gap">The difference between the loss and the optimum, in units of <see cref="AnalyticOptimum.GapUnit"/>.</param>
/// <param name="Options">The options of the run.</param>
/// <param name="Reports">The reports of the run; empty if none were kept.</param>
internal sealed record ComparisonRow(
    ComparedOptimizer Compared, TrainingResult Result, double Gap, TrainingOptions Options, ImmutableArray<TrainingReport> Reports);

/// <summary>The results of all optimizers on one data set, compared with the optimum. This type prints nothing.</summary>
/// <param name="Rows">The runs, in the order of the optimizers.</param>
/// <param name="Optimum">The optimum.</param>
/// <param name="Notes">The notes about the data, one sentence each.</param>
/// <param name="NotRun">The optimizers that did not run because of a cancellation.</param>
internal sealed record Comparison(
    ImmutableArray<ComparisonRow> Rows, AnalyticOptimum Optimum, ImmutableArray<string> Notes, ImmutableArray<string> NotRun)
{
    public bool WasCancelled => Rows.IsEmpty || Rows[^1].Result.Reason == StopReason.Cancelled || !NotRun.IsEmpty;

    /// <summary>Trains every optimizer on the data.</summary>
    /// <param name="data">Samples with one target each.</param>
    /// <param name="settings">The settings of the comparison.</param>
    /// <param name="progress">
    /// The receiver of the name of an optimizer and the completed fraction of its run: first 0 for each optimizer, then the progress of
    /// each run.
    /// </param>
    /// <param name="cancellation">The token that ends the current run. The runs after it do not start.</param>
    /// <exception cref="InvalidDataException">The squares of the targets are too large or too small for a double.</exception>
    public static Comparison Run(
        Dataset data, ComparisonSettings settings, Action<string, double>? progress = null, CancellationToken cancellation = default)
    {
        var standardized = StandardizedData.Of(data);
        var optimum = AnalyticOptimum.Solve(standardized);
        ImmutableArray<ComparedOptimizer> optimizers = ComparedOptimizer.All(CurvatureBounds.Of(standardized));
        foreach (ComparedOptimizer compared in optimizers)
            progress?.Invoke(compared.Name, 0);
        ImmutableArray<ComparisonRow> rows = [.. optimizers.TakeWhile(_ => !cancellation.IsCancellationRequested).Select(Train)];
        string?[] notes = [.. rows.Select(row => row.Result.Note).Distinct(), optimum.Note];
        ImmutableArray<string> notRun = [.. optimizers.Skip(rows.Length).Select(compared => compared.Name)];
        return new Comparison(rows, optimum, [.. notes.OfType<string>()], notRun);

        ComparisonRow Train(ComparedOptimizer compared)
        {
            var log = new TrainingLog();
            var options = new TrainingOptions
            {
                MaxEpochs = settings.Epochs ?? compared.Epochs,
                Schedule = compared.Schedule,
                Seed = settings.Seed,
                MeasureFullLoss = settings.IsLogged,
                Observers = settings.IsLogged ? [log] : [],
                Progress = progress is null
                    ? null
                    : new SynchronousProgress(report => progress(compared.Name, (double)report.Step / report.PlannedSteps!.Value)),
            };
            TrainingResult result = new Trainer(compared.Optimizer, options)
                .Fit(new LinearRegression(), data, cancellationToken: cancellation);
            if (result.Reason != StopReason.Cancelled)
                progress?.Invoke(compared.Name, 1);
            return new ComparisonRow(compared, result, optimum.Gap(result.Loss), options, log.Reports);
        }
    }
}

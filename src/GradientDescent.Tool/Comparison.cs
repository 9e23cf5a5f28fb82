using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>One optimizer's run.</summary>
/// <param name="Contestant">The optimizer and its settings.</param>
/// <param name="Result">How its run ended.</param>
/// <param name="Gap">How far its loss is above the analytic optimum, relative to <see cref="LeastSquares.GapUnit"/>.</param>
/// <param name="Options">How it was trained.</param>
/// <param name="Reports">What a log has kept of the run; empty if there was none.</param>
internal sealed record ComparisonRow(Contestant Contestant, TrainingResult Result, double Gap, TrainingOptions Options, ImmutableArray<TrainingReport> Reports);

/// <summary>Optimizers on one data set, beside the optimum they look for. Pure: it writes nothing.</summary>
/// <param name="Rows">The runs that were made.</param>
/// <param name="Optimum">What they look for.</param>
/// <param name="Notes">What the reader should know about the data.</param>
/// <param name="NotRun">Optimizers that a cancellation left out.</param>
internal sealed record Comparison(ImmutableArray<ComparisonRow> Rows, LeastSquares Optimum, ImmutableArray<string> Notes, ImmutableArray<string> NotRun)
{
    public bool WasCancelled => Rows.IsEmpty || Rows[^1].Result.Reason == StopReason.Cancelled || !NotRun.IsEmpty;

    /// <param name="data">Samples with one target each.</param>
    /// <param name="settings">What the user chose.</param>
    /// <param name="progress">Told every optimizer in advance, with 0, then the one at work and the share of its run that is done.</param>
    /// <param name="cancellation">Ends the run at work; those after it are not made.</param>
    /// <exception cref="InvalidDataException">The targets are so large or small that their squares are not normal numbers.</exception>
    public static Comparison Run(Dataset data, ComparisonSettings settings, Action<string, double>? progress = null, CancellationToken cancellation = default)
    {
        var standardized = StandardizedData.Of(data);
        var optimum = LeastSquares.Solve(standardized);
        ImmutableArray<Contestant> contestants = Contestant.All(Curvature.Of(standardized));
        foreach (Contestant contestant in contestants)
            progress?.Invoke(contestant.Name, 0);
        ImmutableArray<ComparisonRow> rows = [.. contestants.TakeWhile(_ => !cancellation.IsCancellationRequested).Select(Train)];
        string?[] notes = [.. rows.Select(row => row.Result.Note).Distinct(), optimum.Note];
        return new Comparison(rows, optimum, [.. notes.OfType<string>()], [.. contestants.Skip(rows.Length).Select(contestant => contestant.Name)]);

        ComparisonRow Train(Contestant contestant)
        {
            var log = new TrainingLog();
            var options = new TrainingOptions
            {
                MaxEpochs = settings.Epochs ?? contestant.Epochs,
                Schedule = contestant.Schedule,
                Seed = settings.Seed,
                Observers = settings.IsLogged ? [log] : [],
                Progress = progress is null ? null : new Reporter(report => progress(contestant.Name, (double)report.Step / report.PlannedSteps!.Value)),
            };
            TrainingResult result = new Trainer(contestant.Optimizer, options).Fit(new LinearRegression(), data, cancellationToken: cancellation);
            if (result.Reason != StopReason.Cancelled)
                progress?.Invoke(contestant.Name, 1);
            return new ComparisonRow(contestant, result, optimum.Gap(result.Loss), options, log.Reports);
        }
    }
}

using System.Collections.Immutable;

namespace GradientDescent.Tool;

/// <summary>One optimizer's run.</summary>
/// <param name="Contestant">The optimizer and its settings.</param>
/// <param name="Result">How its run ended.</param>
/// <param name="Gap">How far its loss is above the analytic optimum, relative to <see cref="LeastSquares.GapUnit"/>.</param>
internal sealed record ComparisonRow(Contestant Contestant, TrainingResult Result, double Gap);

/// <summary>All optimizers on one data set, beside the optimum they look for. Pure: it writes nothing.</summary>
internal sealed record Comparison(ImmutableArray<ComparisonRow> Rows, LeastSquares Optimum, ImmutableArray<string> Notes)
{
    /// <param name="data">Samples with one target each.</param>
    /// <param name="settings">What the user chose.</param>
    /// <param name="progress">Told every optimizer in advance, with 0, then the one at work and the share of its run that is done.</param>
    /// <exception cref="InvalidDataException">The targets are so large or small that their squares are not normal numbers.</exception>
    public static Comparison Run(Dataset data, ComparisonSettings settings, Action<string, double>? progress = null)
    {
        var standardized = StandardizedData.Of(data);
        var optimum = LeastSquares.Solve(standardized);
        ImmutableArray<Contestant> contestants = Contestant.All(Curvature.Of(standardized));
        foreach (Contestant contestant in contestants)
            progress?.Invoke(contestant.Name, 0);
        ImmutableArray<ComparisonRow> rows = [.. contestants.Select(Train)];
        string?[] notes = [.. rows.Select(row => row.Result.Note).Distinct(), optimum.Note];
        return new Comparison(rows, optimum, [.. notes.OfType<string>()]);

        ComparisonRow Train(Contestant contestant)
        {
            var options = new TrainingOptions
            {
                MaxEpochs = settings.Epochs ?? contestant.Epochs,
                Schedule = progress is null ? contestant.Schedule : new ReportingSchedule(contestant.Schedule, share => progress(contestant.Name, share)),
                Seed = settings.Seed,
            };
            TrainingResult result = new Trainer(contestant.Optimizer, options).Fit(new LinearRegression(), data);
            progress?.Invoke(contestant.Name, 1);
            return new ComparisonRow(contestant, result, optimum.Gap(result.Loss));
        }
    }
}
